"""Run one change of data at a time in a background thread, which goes on when the user clicks elsewhere or leaves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from trade.errors import Message, TradeError
from trade.ingest import audit_log
from trade.ingest.apply import UpdateReport, accepted_losses
from trade.progress import ProgressCallback
from trade.store.loss_guard import LossRefused

Outcome = tuple[list[UpdateReport], Mapping[str, TradeError]]
"""Reports, and the errors of rejected files by name."""
Work = Callable[[ProgressCallback], Outcome]
_log = logging.getLogger(__name__)


@dataclass
class Job:
    """The running or last job. `problem` is the error message that ended it; `fault` is whether the cause was a bug."""

    name: str
    step: Message | None = None
    done: float = 0.0
    running: bool = True
    problem: str = ""
    error: TradeError | None = None
    fault: bool = False
    reports: Sequence[UpdateReport] = ()
    failed: Mapping[str, TradeError] = field(default_factory=dict)

    def report_progress(self, step: Message, done: float) -> None:
        self.step, self.done = step, min(max(done, 0.0), 1.0)


class JobRunner:
    """Runs the only job of this server. Thread-safe."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self.job: Job | None = None

    def start(self, what: str, name: str, who: str, work: Work) -> bool:
        """Start a job unless another one is running. Returns whether it was started."""
        with self._guard:
            if self.job is not None and self.job.running:
                return False
            self.job = Job(name)
            threading.Thread(target=_run, args=(self.job, what, who, work), daemon=True, name=f"trade {what}").start()
            return True


def _run(job: Job, what: str, who: str, work: Work) -> None:
    try:
        with audit_log.change(what, source=job.name, who=who) as change:
            job.reports, job.failed = work(job.report_progress)
            change.detail = accepted_losses(job.reports)
    except LossRefused as error:
        job.problem, job.error = str(error), error
        job.reports = [report for report in error.reports if isinstance(report, UpdateReport)]
    except TradeError as error:
        job.problem, job.error = str(error), error
    except Exception:
        _log.exception("A change of data failed")
        job.fault = True
    finally:
        job.running = False


@cache
def runner() -> JobRunner:
    """The runner of this process, for all its sessions."""
    return JobRunner()

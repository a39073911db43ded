-- Whether a printed quantity is too coarse for growth to 0.1 points: fewer than 500 of its units (tonnes, 10,000 pieces).
CREATE MACRO coarse(quantity, unit) AS
    (unit LIKE '10,000 %' OR unit LIKE '100 million %' OR unit = 'tonnes') AND quantity < 500 AND quantity = round(quantity)

-- Without a version: applied again whenever this file changes, after the versioned ones.
CREATE OR REPLACE VIEW revenue_by_customer AS
SELECT c.id AS customer_id,
       c.name,
       coalesce(sum(l.quantity * l.price_cents), 0) AS cents
FROM customer c
LEFT JOIN orders o ON o.customer_id = c.id
LEFT JOIN order_line l ON l.order_id = o.id
GROUP BY c.id, c.name;

-- Does not block writers. PostgreSQL refuses it inside a transaction, so it runs as a step of its own.
CREATE INDEX CONCURRENTLY orders_by_customer ON orders (customer_id, placed_at);

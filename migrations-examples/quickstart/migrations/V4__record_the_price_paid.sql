ALTER TABLE order_line ADD COLUMN price_cents integer;

-- The body holds semicolons; it is one statement all the same.
CREATE FUNCTION copy_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.price_cents IS NULL THEN
    SELECT p.price_cents INTO NEW.price_cents FROM product p WHERE p.sku = NEW.sku;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER order_line_price BEFORE INSERT ON order_line
  FOR EACH ROW EXECUTE FUNCTION copy_price();

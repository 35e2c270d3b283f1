CREATE TABLE orders (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customer (id),
  placed_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_line (
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  sku      text NOT NULL REFERENCES product (sku),
  quantity integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, sku)
);

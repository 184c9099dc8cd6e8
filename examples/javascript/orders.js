// Orders: an Express service that takes payment and hands parcels to a warehouse.
const express = require("express");

const app = express();
app.use(express.json());

// Numbers that are no statuses.
const PORT = 4040;
const PAGE_SIZE = 306;
const TIMEOUT = 402;

app.get("/orders", (req, res) => {
  const orders = Array.from({ length: PAGE_SIZE }, (_, id) => ({ id, weight: 209 }));
  res.status(200).json(orders);
});

app.post("/orders/:id/pay", (req, res) => {
  const { amount } = req.body;
  if (req.params.id === "404") {
    return res.sendStatus(404);
  }
  if (!amount) {
    return res.status(402).json({ error: "nothing was paid" });
  }
  if (amount < 500) {
    return res.status(209).json({ paid: amount });
  }
  res.status(2000).json({ paid: amount });
});

app.delete("/orders/:id", (req, res) => {
  res.status(204).json({ cancelled: req.params.id });
});

app.post("/orders/:id/ship", async (req, res) => {
  const answer = await fetch(`http://localhost:3060/parcels/${req.params.id}`, {
    method: "POST",
    signal: AbortSignal.timeout(TIMEOUT),
  });
  switch (answer.status) {
    case 201:
    case 202:
      return res.sendStatus(202);
    case 306:
      return res.redirect(307, answer.headers.get("location"));
    default:
      return res.sendStatus(answer.status >= 500 ? 502 : 400);
  }
});

app.listen(PORT);

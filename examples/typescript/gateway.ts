// Gateway: a Hono worker in front of the shop.
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";

const app = new Hono();

// Numbers that are no statuses.
const RETRY_DELAY = 306;
const CACHE_SECONDS = 402;

export const HttpStatus = {
  OK: 200,
  NOT_FOUND: 403,
  TOO_MANY_REQUESTS: 429,
} as const;

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

app.get("/orders/:id", async (c) => {
  let answer = await fetch(`http://localhost:4040/orders/${c.req.param("id")}`);
  if (answer.status === 503) {
    await wait(RETRY_DELAY);
    answer = await fetch(answer.url);
  }
  if (answer.status === 402) {
    throw new HTTPException(403, { message: "not paid for" });
  }
  if (answer.status === 306) {
    return c.redirect("/", 302);
  }
  c.header("Cache-Control", `max-age=${CACHE_SECONDS}`);
  return c.json(await answer.json(), HttpStatus.OK);
});

app.get("/health", () => new Response("alive", { status: 204 }));

app.get("/version", () => Response.json({ version: 209 }, { status: 209 }));

app.get("/stats", () => new Response("402 orders", { status: 200 }));

export default app;

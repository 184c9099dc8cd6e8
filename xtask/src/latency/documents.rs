//! Long documents to measure on: ordinary code of services, with a status every twenty lines.

/// How a document of one language is made.
pub(crate) struct Kind {
    /// The editor's name for the language.
    pub(crate) language: &'static str,
    /// The extension of its files.
    pub(crate) extension: &'static str,
    /// What stands at the top.
    head: &'static str,
    /// What is repeated, with `@` for a number.
    unit: &'static str,
    /// What begins a string that never ends.
    quote: &'static str,
    /// What begins a block or list that never ends.
    brace: &'static str,
}

/// What is wrong with a document while it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing.
    Whole,
    /// A quote is open in its first third.
    OpenQuote,
    /// A brace is open in its first third.
    OpenBrace,
}

impl State {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Whole, Self::OpenQuote, Self::OpenBrace];

    /// As the table shows it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::OpenQuote => "open quote",
            Self::OpenBrace => "open brace",
        }
    }
}

/// A document and where its statuses stand.
pub(crate) struct Document {
    /// The text.
    pub(crate) text: String,
    /// Line and column of each status written as a number.
    pub(crate) statuses: Vec<(usize, usize)>,
    /// How many lines there are.
    pub(crate) lines: usize,
}

impl Kind {
    /// A document of about so many lines.
    pub(crate) fn document(&self, lines: usize, state: State) -> Document {
        let mut text = self.head.to_owned();
        let units = (lines - self.head.lines().count()).div_ceil(self.unit.lines().count());
        for number in 0..units {
            if number == units / 3 {
                text += match state {
                    State::Whole => "",
                    State::OpenQuote => self.quote,
                    State::OpenBrace => self.brace,
                };
            }
            text += &self.unit.replace('@', &number.to_string());
        }
        let place = |(line, text): (usize, &str)| Some((line, text.find("404")?));
        let statuses = text.lines().enumerate().filter_map(place).collect();
        let lines = text.lines().count();
        Document { text, statuses, lines }
    }
}

/// The languages to measure.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        language: "python",
        extension: "py",
        head: "from fastapi import APIRouter, HTTPException\n\nrouter = APIRouter()\n\n",
        unit: r#"
@router.get("/orders@/{order_id}")
async def read_order_@(order_id: int, verbose: bool = False) -> dict[str, object]:
    """Read order @ from the store, which may be slow."""
    row = await store.fetch("select * from orders_@ where id = $1", order_id)
    if row is None:
        raise HTTPException(status_code=404, detail=f"no order {order_id}")
    lines = [line for line in row["lines"] if line["amount"] > 0.5]
    total = sum(line["price"] * line["amount"] for line in lines)
    if verbose:
        logger.info("order %s of customer %s: %d lines", order_id, row["customer"], len(lines))
    discount = {"bronze": 0.05, "silver": 0.1, "gold": 0.15}.get(row["level"], 0.0)
    return {
        "id": order_id,
        "customer": row["customer"],
        "total": round(total * (1 - discount), 2),
        "lines": [{"name": line["name"], "price": line["price"]} for line in lines],
        "links": {"self": f"/orders@/{order_id}", "next": f"/orders@/{order_id + 1}"},
    }

"#,
        quote: "notes = \"\"\"\n",
        brace: "table = {\n",
    },
    Kind {
        language: "javascript",
        extension: "js",
        head: "const express = require('express');\n\nconst app = express();\n",
        unit: r"
app.get('/orders@/:id', async (req, res, next) => {
  const id = Number.parseInt(req.params.id, 10);
  try {
    const row = await store.query('select * from orders_@ where id = ?', [id]);
    if (!row) {
      return res.status(404).json({ error: `no order ${id}` });
    }
    const lines = row.lines.filter((line) => line.amount > 0.5);
    const total = lines.reduce((sum, line) => sum + line.price * line.amount, 0);
    const discount = { bronze: 0.05, silver: 0.1, gold: 0.15 }[row.level] ?? 0;
    if (req.query.verbose) {
      console.info('order %d of customer %s: %d lines', id, row.customer, lines.length);
    }
    // The links are relative to the service.
    const links = { self: `/orders@/${id}`, next: `/orders@/${id + 1}` };
    return res.json({ id, customer: row.customer, total: total * (1 - discount), lines, links });
  } catch (error) {
    return next(error);
  }
});
",
        quote: "const notes = `\n",
        brace: "const table = {\n",
    },
    Kind {
        language: "typescript",
        extension: "ts",
        head: "import { Request, Response, Router } from 'express';\n\nconst router = Router();\n",
        unit: r"
export interface Order@ {
  readonly id: number;
  customer: string;
  lines: Array<{ name: string; price: number; amount: number }>;
}

router.get('/orders@/:id', async (req: Request, res: Response): Promise<void> => {
  const id: number = Number.parseInt(req.params.id, 10);
  const row: Order@ | undefined = await store.find<Order@>('orders_@', id);
  if (row === undefined) {
    res.status(404).json({ error: `no order ${id}` });
    return;
  }
  const total = row.lines
    .filter((line) => line.amount > 0.5)
    .reduce((sum: number, line) => sum + line.price * line.amount, 0);
  const discount: Record<string, number> = { bronze: 0.05, silver: 0.1, gold: 0.15 };
  res.json({ ...row, total: total * (1 - (discount[row.customer] ?? 0)) });
});
",
        quote: "const notes = `\n",
        brace: "const table = {\n",
    },
    Kind {
        language: "go",
        extension: "go",
        head: "package orders\n\nimport (\n\t\"encoding/json\"\n\t\"net/http\"\n)\n",
        unit: r#"
// Order@ reads an order from the store, which may be slow.
func Order@(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	row, err := store.Find(r.Context(), "orders_@", id)
	if err != nil || row == nil {
		http.Error(w, "no order "+id, 404)
		return
	}
	total := 0.0
	for _, line := range row.Lines {
		if line.Amount > 0.5 {
			total += line.Price * line.Amount
		}
	}
	discount := map[string]float64{"bronze": 0.05, "silver": 0.1, "gold": 0.15}[row.Level]
	logger.Printf("order %s of customer %s: %d lines", id, row.Customer, len(row.Lines))
	w.Header().Set("Content-Type", "application/json")
	answer := map[string]any{"id": id, "customer": row.Customer, "total": total * (1 - discount)}
	json.NewEncoder(w).Encode(answer)
}
"#,
        quote: "var notes = `\n",
        brace: "var table = map[string]string{\n",
    },
    Kind {
        language: "java",
        extension: "java",
        head: "package orders;\n\nimport javax.servlet.http.HttpServletResponse;\n\nclass Orders {\n",
        unit: r#"
    /** Reads order @ from the store, which may be slow. */
    void order@(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long id = Long.parseLong(request.getParameter("id"));
        Optional<Row> row = store.find("orders_@", id);
        if (row.isEmpty()) {
            response.sendError(404, "no order " + id);
            return;
        }
        double total = 0;
        for (Line line : row.get().lines()) {
            if (line.amount() > 0.5) {
                total += line.price() * line.amount();
            }
        }
        double discount = Map.of("bronze", 0.05, "silver", 0.1).getOrDefault(row.get().level(), 0.0);
        logger.info("order {} of customer {}: {}", id, row.get().customer(), total);
        response.setContentType("application/json");
        response.getWriter().write(new Answer(id, total * (1 - discount)).toJson());
    }
"#,
        quote: "    String notes = \"\"\"\n",
        brace: "    static {\n",
    },
    Kind {
        language: "ruby",
        extension: "rb",
        head: "class OrdersController < ApplicationController\n",
        unit: r#"
  # Reads order @ from the store, which may be slow.
  def show_@
    id = params[:id].to_i
    row = Order@.includes(:lines).find_by(id: id)
    if row.nil?
      render json: { error: "no order #{id}" }, status: 404
      return
    end
    lines = row.lines.select { |line| line.amount > 0.5 }
    total = lines.sum { |line| line.price * line.amount }
    discount = { bronze: 0.05, silver: 0.1, gold: 0.15 }.fetch(row.level.to_sym, 0.0)
    Rails.logger.info("order #{id} of customer #{row.customer}: #{lines.size} lines")
    respond_to do |format|
      format.json do
        render json: { id: id, customer: row.customer, total: total * (1 - discount) }
      end
      format.html { @order = row }
    end
  end
"#,
        quote: "  NOTES = \"\n",
        brace: "  TABLE = {\n",
    },
    Kind {
        language: "php",
        extension: "php",
        head: "<?php\n\nnamespace App;\n\nclass Orders\n{\n",
        unit: r#"
    /** Reads order @ from the store, which may be slow. */
    public function order@(Request $request, Response $response): Response
    {
        $id = (int) $request->getAttribute('id');
        $row = $this->store->find('orders_@', $id);
        if ($row === null) {
            http_response_code(404);
            return $this->error($response, "no order $id");
        }
        $lines = array_filter($row->lines, fn ($line) => $line->amount > 0.5);
        $total = 0;
        foreach ($lines as $line) {
            $total += $line->price * $line->amount;
        }
        $discount = ['bronze' => 0.05, 'silver' => 0.1, 'gold' => 0.15][$row->level] ?? 0;
        $this->logger->info("order $id of customer {$row->customer}", ['lines' => count($lines)]);
        $answer = ['id' => $id, 'customer' => $row->customer, 'total' => $total * (1 - $discount)];
        return $this->json($response, $answer);
    }
"#,
        quote: "    const NOTES = '\n",
        brace: "    const TABLE = [\n",
    },
    Kind {
        language: "rust",
        extension: "rs",
        head: "use axum::http::StatusCode;\nuse axum::{Json, extract::Path};\n",
        unit: r#"
/// Reads order @ from the store, which may be slow.
async fn order_@(Path(id): Path<u64>, store: Store) -> Result<Json<Answer>, StatusCode> {
    let row = store.find("orders_@", id).await;
    let Some(row) = row else {
        return Err(StatusCode::from_u16(404).unwrap());
    };
    let lines = row.lines.iter().filter(|line| line.amount > 0.5);
    let total: f64 = lines.map(|line| line.price * line.amount).sum();
    let discount = match row.level.as_str() {
        "bronze" => 0.05,
        "silver" => 0.1,
        "gold" => 0.15,
        _ => 0.0,
    };
    tracing::info!("order {id} of customer {}: {} lines", row.customer, row.lines.len());
    let links = Links { this: format!("/orders@/{id}"), next: format!("/orders@/{}", id + 1) };
    Ok(Json(Answer { id, customer: row.customer, total: total * (1.0 - discount), links }))
}
"#,
        quote: "const NOTES: &str = \"\n",
        brace: "mod table {\n",
    },
];

#[cfg(test)]
mod tests {
    use super::{KINDS, State};

    #[test]
    fn documents_are_as_long_as_asked_for() {
        for kind in KINDS {
            let whole = kind.document(1_000, State::Whole);
            assert!((1_000..1_030).contains(&whole.lines), "{}: {}", kind.language, whole.lines);
            assert!((40..60).contains(&whole.statuses.len()), "{}", kind.language);
            let quoted = kind.document(1_000, State::OpenQuote);
            assert_eq!(quoted.lines, whole.lines + 1, "{}", kind.language);
        }
    }
}

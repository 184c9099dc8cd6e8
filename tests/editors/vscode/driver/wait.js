// Waiting for what comes by itself, on machines of any speed.
'use strict';

const LIMIT = 60_000;

/** What a condition gives, once that is something; a failure says what was waited for. */
async function until(what, condition, limit = LIMIT) {
  const began = Date.now();
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() - began > limit) throw new Error(`waited ${limit / 1000} s in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

function check(holds, what) {
  if (!holds) throw new Error(what);
}

module.exports = { LIMIT, until, check };

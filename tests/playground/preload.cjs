// Loaded into the Playground's process before the program itself, which is not changed.
// 1. It listens on this machine only: by itself it would listen on all interfaces.
// 2. It finds no other machine: nothing that a test does may leave this one.
// 3. Its clock can be wound, as the bot's: the milliseconds ahead are read anew on SIGUSR2.
"use strict";
const dns = require("node:dns");
const fs = require("node:fs");
const net = require("node:net");

const HERE = "127.0.0.1";
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function listenHere(first, ...rest) {
  if (first !== null && typeof first === "object") return listen.call(this, { ...first, host: HERE }, ...rest);
  return listen.call(this, first, HERE, ...rest.filter((one) => typeof one === "function"));
};

const { lookup } = dns;
dns.lookup = function lookUpHere(name, ...rest) {
  if ([HERE, "localhost", "::1"].includes(name)) return lookup.call(this, HERE, ...rest);
  const answer = rest[rest.length - 1];
  process.nextTick(answer, Object.assign(new Error("no other machine"), { code: "ENOTFOUND" }));
};

const Real = Date;
const told = () => Number(fs.readFileSync(process.env.AHEAD_FILE, "utf8"));
let ahead = told();
process.on("SIGUSR2", () => {
  ahead = told();
});
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + ahead);
    else super(...given);
  }

  static now() {
    return Real.now() + ahead;
  }
};

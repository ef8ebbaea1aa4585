// Starts Azurite so that it can't outlive its parent: when standard input closes, however the parent ended, Azurite saves its data and
// stops.
const once = process.once;

// Ctrl+C in a terminal reaches every process of the group. The host still needs storage while it drains.
process.once = function (event, listener) {
  return event === "SIGINT" ? this : once.call(this, event, listener);
};
process.on("SIGINT", () => {});

// Open keep-alive connections would keep the process alive after its servers have saved their data.
const server = require("azurite/dist/src/common/ServerBase").default.prototype;
const closing = [];
const close = server.close;
server.close = function () {
  const closed = close.call(this);
  closing.push(closed);
  return closed;
};

process.stdin.on("end", async () => {
  process.emit("SIGTERM");
  await Promise.allSettled(closing);
  process.exit(0);
});
process.stdin.resume();

// Azurite waits for the disk at each queue message and each block, although their index is only saved every five seconds and never synced:
// the waiting adds no safety against a power cut, and takes up to seconds on a busy disk.
const fs = require("fs");
fs.fdatasync = (_, done) => setImmediate(done, null);

// Each save blocks all of Azurite while the whole index is serialized: every half minute is enough, besides the save on exit.
const index = require("lokijs").prototype;
const enable = index.autosaveEnable;
index.autosaveEnable = function (...args) {
  this.autosaveInterval = 30_000;
  return enable.apply(this, args);
};

require("./lookups.cjs");
require("azurite/dist/src/azurite.js");

// Starts Azurite so that it can't outlive the program that started it: when standard input closes, however that
// program ended, Azurite saves its data and stops.
const once = process.once;

// Ctrl+C in a terminal reaches every process of the group. The host still needs storage while it drains.
process.once = function (event, listener) {
  return event === "SIGINT" ? this : once.call(this, event, listener);
};
process.on("SIGINT", () => {});

process.stdin.on("end", () => {
  if (!process.emit("SIGTERM"))
    process.exit(0);
  // Open keep-alive connections would hold the servers back.
  setTimeout(() => process.exit(0), 3000).unref();
});
process.stdin.resume();

require("azurite/dist/src/azurite.js");

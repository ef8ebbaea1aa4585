// Makes the cost of Azurite's lookups and removals independent of the amount of data. Its index only uses a lookup's first condition, and
// Azurite puts the account or the partition first, which thousands of records share: each lookup scanned all of them.
const Loki = require("lokijs");

// The key of a record within its table, queue or container.
const names = ["RowKey", "messageId", "blobName", "name"];

const any = new Loki("lookups").addCollection("any");
const collections = Object.getPrototypeOf(any);
const results = Object.getPrototypeOf(any.chain());
const and = results.$and;
results.$and = function (conditions) {
  const most = conditions.findIndex((condition) => names.some((name) => typeof condition[name] === "string"));
  return and.call(this, most > 0 ? [conditions[most], ...conditions.filter((_, i) => i !== most)] : conditions);
};

// Compare strings as strings. Loki compares those that look like numbers as numbers ("9" < "10" < "1a" < "9"), and with such an order a
// binary search misses existing entries.
const { aeq, lt, gt } = Loki.Comparators;
const texts = (a, b) => typeof a === "string" && typeof b === "string";
Loki.Comparators.aeq = (a, b) => (texts(a, b) ? a === b : aeq(a, b));
Loki.Comparators.lt = (a, b, orEqual) => (texts(a, b) ? a < b || (orEqual && a === b) : lt(a, b, orEqual));
Loki.Comparators.gt = (a, b, orEqual) => (texts(a, b) ? a > b || (orEqual && a === b) : gt(a, b, orEqual));

// Loki rebuilds all its indexes after removing the records a lookup found, even if there is only one: remove each of them from the indexes
// instead.
const findAndRemove = collections.findAndRemove;
collections.findAndRemove = function (filter) {
  const found = this.find(filter);
  if (found.length > 10)
    findAndRemove.call(this, filter);
  else
    found.forEach((record) => this.remove(record));
};

// Saved data may be in the other order.
const load = Loki.prototype.loadJSONObject;
Loki.prototype.loadJSONObject = function (...args) {
  load.apply(this, args);
  for (const collection of this.collections)
    collection.ensureAllIndexes(true);
};

// Makes Azurite's lookups and removals cost the same however much it keeps. Its index takes a lookup's first condition alone, and Azurite names the
// account or the partition first, which thousands of records share: each lookup looked at every one of them.
const Loki = require("lokijs");

// What names a record within its table, queue or container.
const names = ["RowKey", "messageId", "blobName", "name"];

const any = new Loki("lookups").addCollection("any");
const collections = Object.getPrototypeOf(any);
const results = Object.getPrototypeOf(any.chain());
const and = results.$and;
results.$and = function (conditions) {
  const most = conditions.findIndex((condition) => names.some((name) => typeof condition[name] === "string"));
  return and.call(this, most > 0 ? [conditions[most], ...conditions.filter((_, i) => i !== most)] : conditions);
};

// Two texts are compared as texts. Loki compares those that look like numbers as numbers ("9" < "10" < "1a" < "9"), and in such
// an order a binary search misses what is there.
const { aeq, lt, gt } = Loki.Comparators;
const texts = (a, b) => typeof a === "string" && typeof b === "string";
Loki.Comparators.aeq = (a, b) => (texts(a, b) ? a === b : aeq(a, b));
Loki.Comparators.lt = (a, b, orEqual) => (texts(a, b) ? a < b || (orEqual && a === b) : lt(a, b, orEqual));
Loki.Comparators.gt = (a, b, orEqual) => (texts(a, b) ? a > b || (orEqual && a === b) : gt(a, b, orEqual));

// Loki sorts all its indexes anew after removing what a lookup found, also when that is one record: each is taken out of them instead.
const findAndRemove = collections.findAndRemove;
collections.findAndRemove = function (filter) {
  const found = this.find(filter);
  if (found.length > 10)
    findAndRemove.call(this, filter);
  else
    found.forEach((record) => this.remove(record));
};

// What was saved may be in the other order.
const load = Loki.prototype.loadJSONObject;
Loki.prototype.loadJSONObject = function (...args) {
  load.apply(this, args);
  for (const collection of this.collections)
    collection.ensureAllIndexes(true);
};

// Reads a file with a library of npm and prints what it found as JSON: read.cjs papaparse <file> <delimiter>, read.cjs ndjson <file>.
const fs = require('node:fs');

const [kind, path, delimiter] = process.argv.slice(2);
if (kind === 'papaparse') {
  const { data, errors } = require('papaparse').parse(fs.readFileSync(path, 'utf8'), { delimiter });
  // Behind the last line end stands an empty record.
  process.stdout.write(JSON.stringify({ records: data.slice(0, -1), errors: errors.map((error) => error.code) }));
} else {
  const records = [];
  fs.createReadStream(path)
    .pipe(require('ndjson').parse({ strict: true }))
    .on('data', (record) => records.push(record))
    .on('end', () => process.stdout.write(JSON.stringify(records)));
}

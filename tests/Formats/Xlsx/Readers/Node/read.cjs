// Reads every workbook of a folder with exceljs (whole and streaming), SheetJS and read-excel-file. Writes a line of JSON for each reader and file:
// {"reader", "file", "fault" or "sheets": [{"name", "rows": [["s:text", "n:1.5", "b:true", "d:2024-01-05T00:00:00.000", null]]}]}
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const ExcelJS = require("exceljs");
const SheetJS = require("xlsx");
const { readSheetNames, default: readXlsxFile } = require("read-excel-file/node");

function cell(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return "s:" + value;
  if (typeof value === "number") return "n:" + value;
  if (typeof value === "boolean") return "b:" + value;
  if (value instanceof Date) return "d:" + value.toISOString().slice(0, 23);
  if (typeof value.text === "string" && typeof value.hyperlink === "string") return "s:" + value.text;
  throw new Error("A value of an unknown kind: " + JSON.stringify(value));
}

// exceljs counts columns from 1.
const cellsOf = (row) => Array.from({ length: Math.max(0, row.values.length - 1) }, (_, i) => cell(row.values[i + 1]));

const readers = {
  exceljs: async (file) => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    return book.worksheets.map((sheet) => {
      const rows = [];
      sheet.eachRow({ includeEmpty: true }, (row) => rows.push(cellsOf(row)));
      return { name: sheet.name, rows };
    });
  },
  "exceljs stream": async (file) => {
    const sheets = [];
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, { styles: "cache" })) {
      const rows = [];
      for await (const row of sheet) {
        while (rows.length < row.number - 1) rows.push([]);
        rows.push(cellsOf(row));
      }
      sheets.push({ name: sheet.name, rows });
    }
    return sheets;
  },
  SheetJS: async (file) => {
    const book = SheetJS.read(fs.readFileSync(file), { type: "buffer", cellDates: true, UTC: true, cellNF: true });
    return book.SheetNames.map((name) => {
      const sheet = book.Sheets[name];
      const rows = [];
      if (sheet["!ref"]) {
        const range = SheetJS.utils.decode_range(sheet["!ref"]);
        for (let r = range.s.r; r <= range.e.r; r++) {
          const row = [];
          for (let c = range.s.c; c <= range.e.c; c++) {
            const found = sheet[SheetJS.utils.encode_cell({ r, c })];
            row.push(!found || found.t === "z" ? null : cell(found.v));
          }
          rows.push(row);
        }
      }
      return { name, rows };
    });
  },
  "read-excel-file": async (file) => {
    const sheets = await readXlsxFile(file, { trim: false });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cell)) }));
  },
};

(async () => {
  const folder = process.argv[2];
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".xlsx")).sort();
  for (const [reader, read] of Object.entries(readers)) {
    for (const file of files) {
      let result;
      try {
        result = { sheets: await read(path.join(folder, file)) };
      } catch (fault) {
        result = { fault: String(fault && fault.message) };
      }
      process.stdout.write(JSON.stringify({ reader, file, ...result }) + "\n");
    }
  }
})();

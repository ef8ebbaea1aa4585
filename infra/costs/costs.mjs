#!/usr/bin/env node
// Prints what an installation costs a month, one column for each parameter file:
//   node infra/costs/costs.mjs infra/small.bicepparam infra/large.bicepparam
// Prices are in prices.json, the load that is assumed in workloads.json. Needs bicep, or the Azure CLI's; BICEP names another.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { installation } from './installation.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const prices = read('prices.json');
const workloads = read('workloads.json');

const files = process.argv.slice(2);
if (files.length === 0) fail('Usage: node infra/costs/costs.mjs FILE.bicepparam [FILE.bicepparam …]');

const columns = files.map((file) => {
  const name = basename(file, '.bicepparam');
  const workload = workloads[name]
    ?? fail(`workloads.json lacks '${name}': add how many exports a day there are, how long they take and how large they are.`);
  return { name, lines: installation(parametersOf(file), { ...workloads, ...workload }, prices, scalingGroups()) };
});

const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
row(['', ...columns.map((column) => column.name)]);
row(['---', ...columns.map(() => '---')]);
columns[0].lines.forEach(({ label }, i) => row([label, ...columns.map((column) => cell(column.lines[i]))]));
row(['**sum**', ...columns.map((column) => `**about ${money(column.lines.reduce((sum, line) => sum + (line.dollars ?? 0), 0), 0)}**`)]);

function cell({ text, dollars }) {
  if (dollars === undefined) return text;
  const sum = dollars === 0 ? '0' : `**${money(dollars, 2)}**`;
  return text === '' ? sum : `${text} → ${sum}`;
}

function money(dollars, digits) {
  return dollars.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

// Every parameter's value: the file's, else the template's default.
function parametersOf(file) {
  const [program, ...arguments_] = process.env.BICEP ? [process.env.BICEP] : found('bicep') ? ['bicep'] : ['az', 'bicep'];
  const input = program === 'az' ? ['--file', file] : [file];
  const run = spawnSync(program, [...arguments_, 'build-params', ...input, '--stdout'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.error) fail(`Neither bicep nor the Azure CLI is there to read '${file}' (${run.error.message}): install one, or let BICEP name it.`);
  if (run.status !== 0) fail(run.stderr);
  const compiled = JSON.parse(run.stdout);
  const defaults = Object.entries(JSON.parse(compiled.templateJson).parameters).map(([name, parameter]) => [name, parameter.defaultValue]);
  const given = Object.entries(JSON.parse(compiled.parametersJson).parameters).map(([name, parameter]) => [name, parameter.value]);
  return Object.fromEntries([...defaults, ...given]);
}

function found(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

// The HTTP functions scale together, each queue and timer function for itself.
function scalingGroups() {
  const folder = new URL('../../functions/', import.meta.url).pathname;
  const sources = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.cs') && !/^(bin|obj)[\\/]/.test(file));
  const triggers = sources.flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/\[(Queue|Timer)Trigger\(/g) ?? []);
  return 1 + triggers.length;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

// Writes THIRD-PARTY-NOTICES.md: what the app ships that others wrote, with its licences. Reads what the last restore left, so build first:
//   dotnet build ExportFunctions.sln && tests/Worker/publish.sh && node .ci/third-party-notices.mjs
// With --check nothing is written, and the exit code tells whether the file is as it would be.
import { readFileSync, writeFileSync, existsSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'THIRD-PARTY-NOTICES.md');
// The last one is made by the worker's SDK: what Azure's host loads.
const projects = ['shared/obj', 'functions/obj', 'local/obj', 'tests/bin/published/obj/WorkerExtensions'];
// Azure's host has most of that itself: only what lies here goes along.
const forTheHost = join(root, 'tests', 'bin', 'published', 'app', '.azurefunctions');
// Only in a build with -p:QuestPdf=true, by whoever has a licence for it.
const leftOut = new Set(['questpdf']);
// Packages of before licence expressions: what the page says that their nuspec leads to.
const byUrl = {
  'https://opensource.org/licenses/MIT': 'MIT',
  'https://github.com/dotnet/corefx/blob/master/LICENSE.TXT': 'MIT',
  'https://github.com/Azure/azure-storage-net/blob/master/LICENSE.txt': 'Apache-2.0',
  // The WebJobs SDK's, whose later packages say MIT themselves.
  'https://go.microsoft.com/fwlink/?linkid=2028464': 'MIT',
};
const texts = { MIT: 'MIT.txt', 'Apache-2.0': 'Apache-2.0.txt', 'BSD-3-Clause': 'BSD-3-Clause.txt', PostgreSQL: 'PostgreSQL.txt' };
const allowed = new Set(Object.keys(texts));

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function packages() {
  const found = new Map();
  for (const project of projects) {
    const path = join(root, project, 'project.assets.json');
    if (!existsSync(path)) throw new Error(`${path} is missing: build first, and run tests/Worker/publish.sh.`);
    const assets = JSON.parse(readFileSync(path, 'utf8'));
    for (const [framework, libraries] of Object.entries(assets.targets)) {
      // Those of a publish for one platform are among them.
      if (framework.includes('/')) continue;
      for (const [library, parts] of Object.entries(libraries)) {
        const [id, version] = library.split('/');
        const ships = ['runtime', 'runtimeTargets', 'native'].some(
          (kind) => Object.keys(parts[kind] ?? {}).some((file) => !file.endsWith('_._')));
        const isTaken = !project.endsWith('WorkerExtensions')
          || Object.keys(parts.runtime ?? {}).some((file) => existsSync(join(forTheHost, basename(file))));
        if (parts.type !== 'package' || !ships || !isTaken || leftOut.has(id.toLowerCase())) continue;
        const folders = Object.keys(assets.packageFolders).map((folder) => join(folder, assets.libraries[library].path));
        found.set(library, read(id, version, folders.find(existsSync)));
      }
    }
  }

  return [...found.values()].sort((a, b) => compare(a.id.toLowerCase(), b.id.toLowerCase()));
}

function read(id, version, folder) {
  const files = readdirSync(folder);
  const nuspec = readFileSync(join(folder, files.find((file) => file.endsWith('.nuspec'))), 'utf8');
  const text = (name) => nuspec.match(new RegExp(`<${name}[^>]*>([^<]*)</${name}>`))?.[1].trim().replace(/\s+/g, ' ')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? '';
  const expression = nuspec.match(/<license\s+type="expression"[^>]*>([^<]*)</)?.[1].trim();
  const file = nuspec.match(/<license\s+type="file"[^>]*>([^<]*)</)?.[1].trim();
  const licence = expression ?? byUrl[text('licenseUrl')] ?? (file ? ofText(readFileSync(join(folder, file), 'utf8')) : undefined);
  if (!allowed.has(licence))
    throw new Error(`${id} ${version} has the licence '${licence ?? text('licenseUrl')}', which is none of ${[...allowed].join(', ')}.`);

  return {
    id,
    version,
    licence,
    copyright: text('copyright') || text('authors'),
    notices: files.filter((name) => /^(third-?party-?)?notices?(\.(txt|md))?$/i.test(name)).map((name) => tidy(join(folder, name)))
      // A licence's file may hold those of parts as well.
      .concat(file && readFileSync(join(folder, file), 'utf8').length > 11_600 ? [tidy(join(folder, file))] : []),
  };
}

function ofText(text) {
  if (/Apache License\s+Version 2\.0/.test(text)) return 'Apache-2.0';
  return /Permission is hereby granted, free of charge/.test(text) ? 'MIT' : undefined;
}

const tidy = (path) => readFileSync(path, 'utf8').replace(/^\uFEFF/, '').replaceAll('\r', '').replaceAll('\t', '  ').replace(/[ \f]+$/gm, '').trim();

function fonts() {
  const folder = join(root, 'shared', 'Formats', 'Pdf', 'Fonts');
  const names = readdirSync(folder).filter((file) => /\.(ttf|otf)$/.test(file)).sort(compare);
  return names.map((name) => [name, name.startsWith('DejaVu') ? 'DejaVu-LICENSE.txt' : 'OFL.txt', folder]);
}

function npm() {
  // Not shipped, but fetched and run with the local host.
  const lock = JSON.parse(readFileSync(join(root, 'local', 'Azurite', 'package-lock.json'), 'utf8'));
  return Object.keys(lock.packages[''].dependencies ?? {}).sort(compare).map((name) => {
    const { version, license } = lock.packages[`node_modules/${name}`];
    return [name, version, license];
  });
}

const block = (text) => `\`\`\`\`text\n${text.trim()}\n\`\`\`\`\n`;

function page() {
  const all = packages();
  const used = [...new Set(all.map((one) => one.licence))].sort(compare);
  const lines = [
    '# Third-party notices',
    '',
    'What others wrote and this app ships. Made by `node .ci/third-party-notices.mjs` from the restored packages; don\'t edit it.',
    '',
    '## Packages',
    '',
    '| package | version | licence | copyright |',
    '| --- | --- | --- | --- |',
    ...all.map((one) => `| ${one.id} | ${one.version} | ${one.licence} | ${one.copyright.replaceAll('|', '\\|')} |`),
    '',
    'Scalar.AspNetCore holds the script of `/api/docs`, MIT as well. QuestPDF is in builds with `-p:QuestPdf=true` only, under the licence',
    'that their operator has ([PDF](docs/pdf.md)).',
    '',
    '## Fonts',
    '',
    '| font | licence |',
    '| --- | --- |',
    ...fonts().map(([name, licence]) => `| ${name} | [${licence}](shared/Formats/Pdf/Fonts/${licence}) |`),
    '',
    '## Programs that the local host fetches',
    '',
    '| npm package | version | licence |',
    '| --- | --- | --- |',
    ...npm().map((row) => `| ${row.join(' | ')} |`),
    '',
    '## Licences',
    '',
  ];
  for (const licence of used)
    lines.push(`### ${licence}`, '', block(readFileSync(join(root, '.ci', 'licences', texts[licence]), 'utf8')));
  for (const licence of [...new Set(fonts().map(([, name]) => name))])
    lines.push(`### Fonts: ${licence}`, '', block(tidy(join(fonts()[0][2], licence))));

  lines.push('## Notices of packages', '');
  const byText = new Map();
  for (const one of all) {
    for (const text of one.notices) {
      const key = createHash('sha256').update(text.replace(/\s+/g, ' ')).digest('hex');
      byText.set(key, { text, ids: [...(byText.get(key)?.ids ?? []), one.id] });
    }
  }

  for (const { text, ids } of byText.values())
    lines.push(`### ${ids.join(', ')}`, '', block(text));

  return `${lines.join('\n').trim()}\n`;
}

const text = page();
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES.md is not what the packages say: run "node .ci/third-party-notices.mjs".');
  process.exit(1);
}

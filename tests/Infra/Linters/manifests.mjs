// Holds Kubernetes manifests against the schemas of Kubernetes and KEDA: node manifests.mjs FILE… Prints one finding a line; nothing when all is well.
// The packages' validators check what is there and what is missing; their TypeScript types, that there is nothing else.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const findings = [];
const objects = process.argv.slice(2).flatMap(read);
for (const object of objects) await validate(object);
checkTypes(objects);
for (const finding of findings) console.log(finding);
process.exitCode = findings.length > 0 ? 1 : 0;

function read(file) {
  return parseAllDocuments(readFileSync(file, 'utf8'), { merge: true, uniqueKeys: true, strict: true }).map((document) => {
    for (const error of [...document.errors, ...document.warnings]) findings.push(`${basename(file)}: ${error.message}`);
    const content = document.toJS() ?? {};
    return { content, name: `${basename(file)}: ${content.kind} ${content.metadata?.name}`, module: moduleOf(content) };
  });
}

// Where the packages keep a kind: by its group and version.
function moduleOf({ apiVersion = '', kind }) {
  return apiVersion.startsWith('keda.sh/') ? `@kubernetes-models/keda/${apiVersion}/${kind}` : `kubernetes-models/${apiVersion}/${kind}`;
}

async function validate({ content, name, module }) {
  try {
    const { [content.kind]: Model } = await import(module);
    new Model(content).validate();
  } catch (error) {
    const isUnknown = ['ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_MODULE_NOT_FOUND'].includes(error.code);
    findings.push(`${name}: ${isUnknown ? `there is no ${content.kind} of ${content.apiVersion}` : error.message}`);
  }
}

function checkTypes(all) {
  const file = fileURLToPath(new URL(`manifests-${process.pid}.ts`, import.meta.url));
  const known = all.filter(({ name }) => !findings.some((finding) => finding.startsWith(name)));
  writeFileSync(file, known.map(({ content, module }, i) =>
    `import type { I${content.kind} as T${i} } from ${JSON.stringify(module)}; export const o${i}: T${i} = ${JSON.stringify(content)};`).join('\n'));
  try {
    const program = ts.createProgram([file], {
      noEmit: true, strict: true, skipLibCheck: true, types: [], lib: ['lib.es2022.d.ts'],
      module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
    });
    const source = program.getSourceFile(file);
    for (const diagnostic of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
      const line = source.getLineAndCharacterOfPosition(diagnostic.start).line;
      findings.push(`${known[line].name}: ${messageOf(diagnostic)}`);
    }
  } finally {
    rmSync(file);
  }
}

// Without the type's own text, which runs to thousands of characters.
function messageOf(diagnostic) {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ').replace(/ (does not exist|is not assignable) (in|to) type .*/s, ' $1');
}

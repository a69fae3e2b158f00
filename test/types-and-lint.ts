// Types and lint from one program: to infer the types is most of the work of both.
// Usage: tsx test/types-and-lint.ts [--cache folder] [files]
//   --cache   what was found before is kept in the folder, so that only what has changed is checked again
//   files     what is linted, "." for everything; types are checked of all files whatever is given
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ESLint, type Linter } from 'eslint'
import ts from 'typescript'
import tseslint from 'typescript-eslint'

const { values, positionals: files } = parseArgs({ options: { cache: { type: 'string' } }, allowPositionals: true })
const { cache } = values
const root = process.cwd()

const host: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
}

function readConfig(): ts.ParsedCommandLine {
  const given = cache === undefined ? {} : { incremental: true, tsBuildInfoFile: resolve(cache, 'types.json') }
  const fail = (problem: ts.Diagnostic) => {
    throw new Error(ts.formatDiagnostic(problem, host))
  }
  const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', given, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: fail,
  })
  if (!config) throw new Error('tsconfig.json cannot be read')
  return config
}

/** The program of all files, and what is wrong with its types. */
function checkTypes(): { program: ts.Program; problems: readonly ts.Diagnostic[] } {
  const { fileNames: rootNames, options } = readConfig()
  if (cache === undefined) {
    const program = ts.createProgram({ rootNames, options })
    return { program, problems: ts.getPreEmitDiagnostics(program) }
  }
  mkdirSync(cache, { recursive: true })
  const builder = ts.createIncrementalProgram({ rootNames, options })
  const problems = [
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ]
  builder.emit() // nothing but what was found
  return { program: builder.getProgram(), problems }
}

/** As it is called; its own types leave the options out. */
const parse = tseslint.parser.parseForESLint as (code: string, options: object) => Linter.ESLintParseResult

/** What lint finds, as it is printed; empty: nothing. */
async function lint(program: ts.Program): Promise<string> {
  // A parser with a name, since a program among the options cannot be written into ESLint's cache.
  const parser: Linter.Parser = {
    meta: { name: 'one-program' },
    parseForESLint: (code, options: object) => parse(code, { ...options, projectService: false, programs: [program] }),
  }
  const eslint = new ESLint({
    warnIgnored: false,
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser } }],
    ...(cache !== undefined && { cache: true, cacheStrategy: 'content', cacheLocation: join(cache, 'lint.json') }),
  })
  return (await eslint.loadFormatter('stylish')).format(await eslint.lintFiles(files))
}

async function main(): Promise<void> {
  const { program, problems } = checkTypes()
  const found = files.length > 0 ? await lint(program) : ''
  console.log(ts.formatDiagnosticsWithColorAndContext(problems, host) + found)
  process.exitCode = problems.length > 0 || found !== '' ? 1 : 0
}

void main()

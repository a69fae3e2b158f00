import { RuntimeError } from '@botpress/client'
import type { Deps } from '../wiring'
import { gatherFacts, type Facts } from './facts'
import { blocking, settingFindings } from './findings'

/** Proves the settings; throws one `RuntimeError` that names all that is wrong. Warnings go to the log. */
export async function proveSettings(deps: Deps): Promise<Facts> {
  const facts = await gatherFacts(deps)
  const findings = settingFindings(deps.settings, facts)
  const problems = blocking(findings).map(({ finding }) => finding)
  for (const { status, setting, finding } of findings) {
    if (status === 'warning') deps.log.warn(`${setting}: ${finding}`)
  }
  if (problems.length > 0) throw new RuntimeError(joined([...new Set(problems)]))
  return facts
}

function joined(problems: string[]): string {
  const [only = '', ...others] = problems
  if (others.length === 0) return only
  return [`${problems.length} settings need attention:`, ...problems.map((text, i) => `${i + 1}. ${text}`)].join('\n')
}

import type { Log } from '../log'
import { refusal } from '../problems'
import { gatherFacts, type Facts, type Subject } from './facts'
import { blocking, settingFindings } from './findings'

/** Verifies the settings. Throws one `Refusal` that names all that is wrong. Warnings go to the log. */
export async function verifySettings(subject: Subject, log: Log): Promise<Facts> {
  const facts = await gatherFacts(subject, { allScopes: false })
  const findings = settingFindings(subject, facts)
  const problems = blocking(findings).map(({ finding }) => finding)
  for (const { status, setting, finding } of findings) {
    if (status === 'warning') log.warn(`${setting}: ${finding}`)
  }
  if (problems.length > 0) throw refusal('settingsNeedAttention', [...new Set(problems)])
  return facts
}

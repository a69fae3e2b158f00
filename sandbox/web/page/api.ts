import type { Command } from '../commands'
import { notify } from './notices'

/** Sends one command; a refusal is shown as a notice. Tells if it was done. */
export async function send(command: Command): Promise<boolean> {
  return post('/commands', { body: JSON.stringify(command), headers: { 'content-type': 'application/json' } })
}

/** Uploads a file as the customer, or as an agent into a chat. */
export async function upload(file: File, as: { agentId: string; chatId: string } | 'customer'): Promise<boolean> {
  const query = new URLSearchParams({ name: file.name, ...(as === 'customer' ? {} : as) })
  const type = file.type === '' ? 'application/octet-stream' : file.type
  return post(`/upload?${query.toString()}`, { body: file, headers: { 'content-type': type } })
}

async function post(path: string, init: { body: BodyInit; headers: Record<string, string> }): Promise<boolean> {
  try {
    const answer = await fetch(path, { method: 'POST', ...init })
    if (!answer.ok) notify(await answer.text())
    return answer.ok
  } catch {
    notify('The sandbox does not answer. Is it still running in the terminal?')
    return false
  }
}

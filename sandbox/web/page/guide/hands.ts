import type { AgentView } from '../../view'
import { upload } from '../api'
import { byId } from '../dom'

/** What the story does on the page: what a person would do, in the same fields and with the same buttons. */
export class Hands {
  private isSkipping = false

  constructor(private readonly agents: () => readonly AgentView[]) {}

  /** What is being typed is there at once. */
  hurry(): void {
    this.isSkipping = true
  }

  /** Types at the speed of somebody who types well; at once for who wants less motion. */
  async types(who: 'customer' | 'desk', text: string): Promise<void> {
    const field = byId(`${who}-text`, HTMLTextAreaElement)
    this.isSkipping = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const [index] of [...text].entries()) {
      if (this.isSkipping) break
      field.value = text.slice(0, index + 1)
      await new Promise((resolve) => setTimeout(resolve, KEY_MS))
    }
    field.value = text
  }

  sends(who: 'customer' | 'desk'): void {
    byId(`${who}-composer`, HTMLFormElement).requestSubmit()
  }

  presses(selector: string): void {
    document.querySelector<HTMLElement>(selector)?.click()
  }

  actsAs(name: string): void {
    const id = this.agents().find((agent) => agent.name === name)?.id ?? ''
    this.presses(`#agents input[value="${CSS.escape(id)}"]`)
  }

  async attaches(file: File): Promise<void> {
    await upload(file, 'customer')
  }
}

const KEY_MS = 22

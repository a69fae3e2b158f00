/**
 * Makes a button act once for each press: the second click of a double click does nothing, and neither does a press while
 * the first one is still under way.
 */
export function onPress<T extends HTMLElement>(button: T, act: (event: MouseEvent) => unknown): T {
  let isActing = false
  button.addEventListener('click', (event) => {
    if (isActing || event.detail > 1) return
    isActing = true
    void Promise.resolve(act(event)).finally(() => {
      isActing = false
    })
  })
  return button
}

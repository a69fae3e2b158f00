/** What a customer might photograph: a broken lamp. */
export function brokenLamp(): File {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="210" viewBox="0 0 360 210">
<rect width="360" height="210" fill="#dfe6ee"/><rect y="150" width="360" height="60" fill="#b48a60"/>
<path d="M60 150h84M102 150l70-64" stroke="#3d4657" stroke-width="8" stroke-linecap="round"/>
<path d="m150 60 58 26-8 52-62-30z" fill="#c9503c"/>
<path d="m178 72-8 22 14 6-10 24" fill="none" stroke="#fff" stroke-width="4"/>
<path d="m232 140 12-8 6 12zm28 6 8-14 10 12zm-52 4 8-8 6 10z" fill="#f6f0df"/></svg>`
  return new File([drawing], 'lamp.svg', { type: 'image/svg+xml' })
}

// Everything works without this: it tells the reader's time zone, and makes copying one press.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
// biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser yet
document.cookie = `zetel_zone=${zone}; path=/; max-age=31536000; samesite=lax`

function prepare(root) {
  for (const button of root.querySelectorAll('button[data-copy][hidden]')) button.hidden = false
}

document.addEventListener('click', async event => {
  const button = event.target instanceof Element ? event.target.closest('button[data-copy]') : null
  if (button === null) return
  await navigator.clipboard.writeText(button.dataset.copy)
  button.textContent = button.dataset.copied
})

document.addEventListener('htmx:load', event => prepare(event.target))
document.querySelector('.problems')?.focus()
prepare(document)

// A second press while the first is under way would only be told so.
document.addEventListener('submit', event => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
  if (form.dataset.sent === 'true') event.preventDefault()
  form.dataset.sent = 'true'
})
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})

/** Words in drawings that stick out of them. */
export const OUTSIDE = `[...document.querySelectorAll('svg text')].filter((text) => {
  const [inner, outer] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
  return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
}).map((text) => text.textContent)`;

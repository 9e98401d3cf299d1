/** What the notes for a teacher say about one step: their points that name it, as HTML. */
export function notesFor(html: string, step: string): string {
  const points = [...html.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, point]) => point ?? '');
  const named = points.filter((point) => point.includes(`<code>${step}</code>`));
  return named.length === 0 ? '' : `<ul>${named.map((point) => `<li>${point}</li>`).join('')}</ul>`;
}

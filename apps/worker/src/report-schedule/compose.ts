import type { DataFor } from '#journey';

/** The mail that brings a published report, but for who sends it. No figures and no customers: those are in the file. `url`: of the pages, without a slash at the end; null where nobody has said. */
export function composeReportMail({ report, period, segment, asOf, knownAt, supersedes }: DataFor<'company.report-published'>, url: string | null): { readonly subject: string; readonly text: string; readonly html: string } {
  const subject = `Strategic report of ${period}${segment === undefined ? '' : `, ${segment}`}`;
  const link = url === null ? null : `${url}/v1/reports/${encodeURIComponent(report)}?format=html`;
  const lines = [
    `The report of ${period}${segment === undefined ? '' : `, customers of the segment ${segment},`} is published as ${report}${supersedes ? `, in the place of ${supersedes.report}` : ''}. It is attached as PDF.`,
    `It tells what had happened by ${asOf}, as far as it was known at ${knownAt}. What is published stays as it is.`,
  ];
  const text = [...lines, ...(link === null ? [] : ['', `The same as a page, for whoever is logged in: ${link}`]), ''].join('\n');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>
${lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')}${link === null ? '' : `\n<p><a href="${escaped(link)}">The same as a page</a>, for whoever is logged in</p>`}
</body></html>`;
  return { subject, text, html };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

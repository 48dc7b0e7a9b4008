import type { Report } from '#insight';
import { drawCharts } from './charts.js';
import { reportCsv } from './csv.js';
import { reportHtml } from './html.js';
import { reportPdf } from './pdf.js';

export const REPORT_FORMATS = { json: 'application/json', html: 'text/html; charset=utf-8', pdf: 'application/pdf', csv: 'text/csv; charset=utf-8' } as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;

/** The bytes of a report in one format: the same blocks in each. */
export async function renderReport(report: Report, format: ReportFormat): Promise<Buffer> {
  switch (format) {
    case 'json': return Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
    case 'csv': return Buffer.from(reportCsv(report));
    case 'html': return Buffer.from(reportHtml(report, await drawCharts(report)));
    case 'pdf': return reportPdf(report, await drawCharts(report));
  }
}

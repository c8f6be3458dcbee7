import * as React from 'react';
import type { MessageView } from '@crmjira/form-data';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import { DefaultButton } from '../platform/plain-buttons';
import { NOTHING_READ } from '../platform/reading';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { finalReportTexts } from '../../strings/generated/final-report';
import { readReport } from './read-report';
import { ReportBody } from './report-body';
import { csvName, csvText, download } from '../platform/csv';
import { reportTelling } from './report-telling';
import { reportView } from './report-view';

/** Milliseconds between two readings: a closed project's figures hardly ever change. */
const READ_EVERY = 60_000;

/** The final report as people read, print and pass it on. The address gives the row's id. */
export function ReportPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format, settings } = facts;
  const say = sayIn(finalReportTexts, language);
  const id = settings.recordId;
  const read = React.useCallback(() => (id === null ? Promise.resolve(null) : readReport(id)), [id]);
  const [reading] = useReading(read, READ_EVERY);
  const [told, setTold] = React.useState('');
  const report = reading.value;
  const now = new Date().toISOString();
  const failure = failureMessage(id === null ? NOTHING_READ : reading, language, format, now);
  const missing: MessageView = { tone: 'warn', icon: 'Info', strong: say('missing'), text: say('missingNext') };
  const tell = reportTelling(facts, report?.currency);
  const view = report && reportView(report, tell);
  const save = (): void => {
    if (view === null) return;
    const file = csvName(`final-report-${report?.projectKey ?? 'project'}`);
    download(file, csvText(view.csv, language));
    setTold(say('exported', { file }));
  };
  return (
    <PageFrame
      dark={facts.dark}
      title={view === null ? say('title') : `${say('title')} – ${view.name}`}
      note={
        report === null
          ? id === null || failure !== null
            ? ''
            : say('loading')
          : say('generated', { t: tell.moment(report.generatedOn) })
      }
      messages={[...(id === null ? [missing] : []), ...(failure === null ? [] : [failure])]}
      told={told}
      busy={report === null && id !== null && failure === null}
      actions={
        view !== null && (
          <>
            <DefaultButton text={say('export')} onClick={save} />
            <DefaultButton text={say('print')} onClick={() => window.print()} />
          </>
        )
      }
    >
      {view !== null && <ReportBody view={view} say={say} />}
    </PageFrame>
  );
}

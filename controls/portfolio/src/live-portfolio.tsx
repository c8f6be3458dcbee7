/** @jsx h */
import * as React from 'react';
import { getId } from '@fluentui/react';
import { type Words, useUnchanged, h } from '@crmjira/form-data';
import { actionsOn } from './actions';
import { csvOf } from './export/csv';
import { saveFile } from './export/save-file';
import { useErrand } from './commands/use-errand';
import { PortfolioCard } from './components/portfolio-card';
import { useDetails } from './details/use-details';
import { useFigures } from './figures/use-figures';
import { useWarningPercent } from './figures/use-warning-percent';
import type { PageFacts } from './page-facts';
import type { Choice } from './rows/filter';
import { type PortfolioRow, readPortfolioRow } from './rows/portfolio-row';
import type { StringKey } from './generated/string-keys';
import { useLatest } from './use-latest';
import type { Formatting } from './view/formatter';
import { portfolioView } from './view/view-of-portfolio';

export interface LivePortfolioProps {
  readonly dataset: ComponentFramework.PropertyTypes.DataSet;
  readonly page: PageFacts;
  readonly webApi: ComponentFramework.WebApi;
  readonly navigation: ComponentFramework.Navigation;
  readonly mayCommand: boolean;
  readonly maySeePersons: boolean;
  readonly formatting: Formatting;
  /** instant, to the minute: ages do not make the same rows another view */
  readonly now: string;
  readonly say: Words<StringKey>;
}

/** Joins the data set with the card: its rows become a view, what a person does becomes a question to it. */
export function LivePortfolio(props: LivePortfolioProps): React.ReactElement {
  const { dataset, page, webApi, navigation, formatting, now, say } = props;
  // Fluent counts for the whole page: the headings that name two controls have ids of their own.
  const [id] = React.useState(() => getId('crmjira'));
  const [openId, setOpen] = React.useState<string | null>(null);
  const [choice, setChoice] = React.useState<Choice>('all');
  const [charted, setCharted] = React.useState(false);
  // The platform brings changed rows with other props; a state of our own does not change them.
  const rows = React.useMemo(() => rowsOf(props.dataset), [props]);
  const open = rows.find((row) => row.id === openId);
  const figures = useFigures(webApi, rows);
  const warningPercent = useWarningPercent(webApi);
  const details = useDetails(webApi, open, props.maySeePersons);
  const { errand, ask } = useErrand(webApi, () => dataset.refresh());
  const selected = dataset.getSelectedRecordIds();
  const view = useUnchanged(
    portfolioView(
      {
        page,
        dataset,
        rows,
        figures,
        selected,
        choice,
        openId,
        details,
        errand,
        mayCommand: props.mayCommand,
        charted,
      },
      { formatting, now, say, warningPercent },
    ),
  );
  const saveRows = (): void => saveFile(csvOf(rows, view, figures.currencies ?? {}, say), `${view.title}.csv`);
  const latest = useLatest({
    ...{ dataset, navigation, rows, openId, choice, setOpen, setChoice, ask },
    ...{ charted, setCharted, saveRows, warningPercent },
  });
  const [actions] = React.useState(() => actionsOn(() => latest.current));
  return <PortfolioCard {...{ view, id }} {...actions} />;
}

function rowsOf(dataset: ComponentFramework.PropertyTypes.DataSet): readonly PortfolioRow[] {
  return dataset.sortedRecordIds.flatMap((id) => {
    const record = dataset.records[id];
    return record ? [readPortfolioRow(record)] : [];
  });
}

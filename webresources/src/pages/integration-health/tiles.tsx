import * as React from 'react';
import type { IconName, Tone } from '@crmjira/form-data';
import { Chip } from '@crmjira/form-data';
import type { Say } from '../platform/page-words';
import type { PageFormat } from '../platform/page-format';
import { type HealthFigures, jobsOf, today } from './health-figures';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

interface TileProps {
  readonly name: string;
  readonly note: string;
  readonly value: string;
  readonly chip?: { readonly tone: Tone; readonly icon: IconName; readonly text: string };
}

/** Figures at a glance: what was done today, what waits, what was given up. Unknown is said as such, never as 0. */
export function Tiles(props: {
  readonly figures: HealthFigures;
  readonly say: Say<typeof integrationHealthTexts>;
  readonly format: PageFormat;
  readonly readAt: string;
}): React.ReactElement {
  const { figures, say, format, readAt } = props;
  const { waiting, dead } = jobsOf(figures.connections);
  const count = (value: number | null): string => (value === null ? say('noData') : format.number(value));
  return (
    <section aria-label={say('atAGlance')} className="page-row tiles">
      <Tile name={say('today')} note={say('todayNote')} value={format.number(today(figures.volume, readAt))} />
      <Tile name={say('queue')} note={say('queueNote')} value={count(waiting)} />
      <Tile
        name={say('deadLetters')}
        note={dead === null || dead === 0 ? say('deadLettersNote') : say('deadLettersNext')}
        value={count(dead)}
        chip={
          dead === null
            ? undefined
            : dead === 0
              ? { tone: 'ok', icon: 'Completed', text: say('noneDead') }
              : { tone: 'warn', icon: 'Warning', text: say('someDead') }
        }
      />
    </section>
  );
}

function Tile({ name, note, value, chip }: TileProps): React.ReactElement {
  return (
    <div className="page-card">
      <div className="page-cardhead">
        <h2>{name}</h2>
        {chip && <Chip {...chip} />}
      </div>
      <p className="page-tile">{value}</p>
      <p className="crmjira-sub">{note}</p>
    </div>
  );
}

import * as React from 'react';
import type { FormSection, FormTab } from '../../contract';
import { labelIn } from '../language';
import type { HostTheme } from '../pcf/design-language';
import { Cell } from './cell';
import type { FormSession } from './form-session';

export interface TabBodyProps {
  readonly tab: FormTab;
  readonly session: FormSession;
  readonly theme: HostTheme;
}

/** Columns and sections of one tab, with the widths that FormXml gives them. */
export function TabBody({ tab, session, theme }: TabBodyProps) {
  const columns = tab.columns.filter((column) => column.sections.some((section) => section.visible));
  const widths = columns.map((column) => `minmax(0, ${Number.parseFloat(column.width) || 100}fr)`).join(' ');
  return (
    <div className="tab-columns" style={{ '--columns': widths } as React.CSSProperties}>
      {columns.map((column, index) => (
        <div key={index} className="tab-column">
          {column.sections
            .filter((section) => section.visible)
            .map((section) => (
              <Section key={section.id} section={section} session={session} theme={theme} />
            ))}
        </div>
      ))}
    </div>
  );
}

function Section({ section, session, theme }: { section: FormSection; session: FormSession; theme: HostTheme }) {
  const label = labelIn(session.parts.language, section.label);
  return (
    <section className="card section" aria-label={label || undefined}>
      {section.showLabel && label && <h2>{label}</h2>}
      <div className="cells" style={{ '--cells': section.columns } as React.CSSProperties}>
        {section.rows.flat().map((cell) => (
          <div
            key={cell.id}
            className={cell.control?.custom ? 'cell custom' : 'cell'}
            style={
              cell.columnSpan > 1 ? { gridColumn: `span ${Math.min(cell.columnSpan, section.columns)}` } : undefined
            }
          >
            <Cell cell={cell} session={session} theme={theme} />
          </div>
        ))}
      </div>
    </section>
  );
}

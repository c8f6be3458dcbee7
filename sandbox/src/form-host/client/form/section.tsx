import * as React from 'react';
import type { FormSection, FormTab } from '../../contract';
import { labelIn } from '../language';
import type { HostTheme } from '../pcf/design-language';
import { sectionKey } from '../xrm/part-api';
import { Cell } from './cell';
import type { FormSession } from './form-session';

export interface TabBodyProps {
  readonly tab: FormTab;
  readonly session: FormSession;
  readonly theme: HostTheme;
}

/** Columns and sections of one tab, with the widths that FormXml gives them. */
export function TabBody({ tab, session, theme }: TabBodyProps) {
  const stateOf = (section: FormSection) => session.model.partStates.get(sectionKey(section, tab));
  const isShown = (section: FormSection) => stateOf(section)?.visible ?? section.visible;
  const columns = tab.columns.filter((column) => column.sections.some(isShown));
  const widths = columns.map((column) => `minmax(0, ${Number.parseFloat(column.width) || 100}fr)`).join(' ');
  const first = columns.map((column) => column.sections.find(isShown));
  const anyHeading = first.some((section) => section?.showLabel);
  return (
    <div className="card tab-columns" style={{ '--columns': widths } as React.CSSProperties}>
      {columns.map((column, index) => (
        <div key={index} className="tab-column">
          {column.sections.filter(isShown).map((section) => (
            <Section
              key={section.id}
              section={section}
              label={stateOf(section)?.label ?? labelIn(session.parts.language, section.label)}
              session={session}
              theme={theme}
              keepsHeading={anyHeading && section === first[index] && !hasOwnHeading(section)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** The timeline brings its heading, as the platform's does. */
const hasOwnHeading = (section: FormSection): boolean =>
  section.rows.flat().some(({ control }) => control?.kind === 'timeline');

interface SectionProps {
  readonly section: FormSection;
  readonly label: string;
  readonly session: FormSession;
  readonly theme: HostTheme;
  /** A heading stands beside: keep its height free, so that the first fields stand on one line. */
  readonly keepsHeading: boolean;
}

function Section({ section, label, session, theme, keepsHeading }: SectionProps) {
  const hasHeading = section.showLabel && label !== '';
  const cells = (
    <div className="cells" style={{ '--cells': section.columns } as React.CSSProperties}>
      {section.rows.flat().map((cell) => (
        <div
          key={cell.id}
          className={cell.control?.custom ? 'cell custom' : 'cell'}
          style={cell.columnSpan > 1 ? { gridColumn: `span ${Math.min(cell.columnSpan, section.columns)}` } : undefined}
        >
          <Cell cell={cell} session={session} theme={theme} />
        </div>
      ))}
    </div>
  );
  if (!hasHeading) return <div className={keepsHeading ? 'section keeps-heading' : 'section'}>{cells}</div>;
  const id = `section-${section.id}`;
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{label}</h2>
      {cells}
    </section>
  );
}

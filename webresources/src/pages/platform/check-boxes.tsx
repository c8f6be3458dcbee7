import * as React from 'react';

/** Some of a list are chosen, by their id. */
export type Chosen = ReadonlySet<string>;

export function toggled(chosen: Chosen, id: string): Chosen {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** In the head of a list: all, none or some of what is shown. */
export function CheckAll(props: {
  readonly name: string;
  readonly ids: readonly string[];
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}): React.ReactElement {
  const { name, ids, chosen, onChange } = props;
  const found = ids.filter((id) => chosen.has(id)).length;
  const all = ids.length > 0 && found === ids.length;
  return (
    <input
      type="checkbox"
      className="page-check"
      aria-label={name}
      checked={all}
      ref={(box) => {
        if (box) box.indeterminate = found > 0 && !all;
      }}
      onChange={() => onChange(new Set([...chosen].filter((id) => !ids.includes(id)).concat(all ? [] : ids)))}
    />
  );
}

export function CheckOne(props: {
  readonly name: string;
  readonly checked: boolean;
  readonly onChange: () => void;
}): React.ReactElement {
  const { name, checked, onChange } = props;
  return <input type="checkbox" className="page-check" aria-label={name} checked={checked} onChange={onChange} />;
}

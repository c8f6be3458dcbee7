import fc from 'fast-check';
import { createBoundedMap } from '../../../plugins-proxy/src/platform/bounded-map';

const keys = fc.integer({ min: 0, max: 9 });
const operation = fc.oneof(
  fc.record({ kind: fc.constant('get' as const), key: keys }),
  fc.record({ kind: fc.constant('delete' as const), key: keys }),
  fc.record({ kind: fc.constant('set' as const), key: keys, weight: fc.integer({ min: 1, max: 12 }) }),
);

test('holds what was used last, and never more than its limit (F-504)', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
      const limit = 10;
      const map = createBoundedMap<number, number>(limit, (weight) => weight);
      // Most recently used first; what does not fit behind those before it is gone.
      let model: { readonly key: number; readonly weight: number }[] = [];
      for (const each of operations) {
        const held = model.find(({ key }) => key === each.key);
        const others = model.filter(({ key }) => key !== each.key);
        if (each.kind === 'get') {
          expect(map.get(each.key)).toBe(held?.weight);
          model = held === undefined ? model : [held, ...others];
        } else if (each.kind === 'delete') {
          map.delete(each.key);
          model = others;
        } else {
          map.set(each.key, each.weight);
          model = each.weight > limit ? others : [{ key: each.key, weight: each.weight }, ...others];
          const total = (): number => model.reduce((sum, { weight }) => sum + weight, 0);
          while (total() > limit) model.pop();
        }
        expect([...map.entries()].map(([key]) => key).sort()).toEqual(model.map(({ key }) => key).sort());
      }
    }),
  );
});

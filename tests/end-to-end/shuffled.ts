/** Where every shuffle of these tests starts, so that a failure can be seen again. */
const SEED = 20_250_120;

/** A new order, the same one at every run: each value goes to a place drawn from a linear congruential generator. */
export function shuffled<T>(values: readonly T[]): T[] {
  let state = SEED;
  const below = (limit: number): number => {
    // constants of Numerical Recipes, 32 bits
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
  return values.reduce<T[]>((mixed, value) => {
    mixed.splice(below(mixed.length + 1), 0, value);
    return mixed;
  }, []);
}

interface MapLike<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: NoInfer<Value>): unknown;
}

/** What is kept under a key; made, and kept from now on, where nothing is. */
export function getOrMake<Key, Value>(
  kept: MapLike<Key, Value>,
  key: Key,
  make: () => NoInfer<Value>,
): Value {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
}

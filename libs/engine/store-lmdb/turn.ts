/** Turns a synchronous read into the promise that a port requires; what `read` throws rejects it. */
export function answer<Value>(read: () => Value): Promise<Value> {
  return new Promise((resolve) => {
    resolve(read());
  });
}

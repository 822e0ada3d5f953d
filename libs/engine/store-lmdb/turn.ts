/** Answers a port's asynchronous call from data that is at hand; what `read` throws rejects. */
export function answer<Value>(read: () => Value): Promise<Value> {
  return new Promise((resolve) => {
    resolve(read());
  });
}

import { createConnection } from 'node:net';

const PROBE_TIMEOUT_MS = 2_000;
const METADATA_API_KEY = 3;
const METADATA_VERSION = 1;

/**
 * Asks a broker for the cluster's metadata and expects itself in it: a broker that listens but is still fenced off by
 * the controller lists no broker, and can hold no partition.
 * @throws Error when it does not answer so.
 */
export async function probeKafka(port: number, host = '127.0.0.1'): Promise<void> {
  const answer = await exchange(host, port, metadataRequest(), (received) =>
    received.length >= 4 && received.length >= 4 + received.readInt32BE(0) ? received.subarray(4) : undefined,
  );
  // Correlation id, then the array of brokers.
  const brokers = answer.length >= 8 ? answer.readInt32BE(4) : 0;
  if (brokers < 1) throw new Error('the broker has not joined its cluster yet');
}

/** Expects PONG. @throws Error when it does not answer so (while it loads its data, for one). */
export async function probeRedis(port: number, host = '127.0.0.1'): Promise<void> {
  const answer = await exchange(host, port, Buffer.from('PING\r\n'), (received) =>
    received.includes('\r\n') ? received : undefined,
  );
  const line = answer.toString('latin1').split('\r\n')[0] ?? '';
  if (line !== '+PONG') throw new Error(`it answered ${JSON.stringify(line.slice(0, 200))} to PING`);
}

/** Expects that a node knows a master for every slot. @throws Error when it does not answer so. */
export async function probeRedisCluster(port: number, host = '127.0.0.1'): Promise<void> {
  const answer = await exchange(host, port, Buffer.from('CLUSTER INFO\r\n'), (received) =>
    /^-|cluster_state:\w+\r\n/.test(received.toString('latin1')) ? received : undefined,
  );
  if (!answer.includes('cluster_state:ok')) throw new Error('its cluster does not serve all slots');
}

/** Expects every primary shard to be there. @throws Error when it does not answer so. */
export async function probeElasticsearch(url: string): Promise<void> {
  const response = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`, {
    signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`it answered ${response.status}: ${text.slice(0, 200)}`);
}

/** Metadata, version 1, of no topics. https://kafka.apache.org/protocol#The_Messages_Metadata */
function metadataRequest(): Buffer {
  const clientId = Buffer.from('wirefold-probe');
  const request = Buffer.alloc(4 + 2 + 2 + 4 + 2 + clientId.length + 4);
  let at = request.writeInt32BE(request.length - 4, 0);
  at = request.writeInt16BE(METADATA_API_KEY, at);
  at = request.writeInt16BE(METADATA_VERSION, at);
  at = request.writeInt32BE(1, at);
  at = request.writeInt16BE(clientId.length, at);
  at += clientId.copy(request, at);
  request.writeInt32BE(0, at);
  return request;
}

function exchange(
  host: string,
  port: number,
  request: Buffer,
  complete: (received: Buffer) => Buffer | undefined,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const socket = createConnection({ host, port, timeout: PROBE_TIMEOUT_MS });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.once('connect', () => socket.write(request));
    socket.once('timeout', () => fail(new Error(`no answer within ${PROBE_TIMEOUT_MS} ms`)));
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('it closed the connection')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = complete(received);
      if (answer === undefined) return;
      resolve(answer);
      socket.destroy();
    });
  });
}

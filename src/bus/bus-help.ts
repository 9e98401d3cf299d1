/** What `npm run bus -- --help` prints. */
export const BUS_HELP = `npm run -s bus -- COMMAND …

Bytes of the Redis Cluster bus (protocol version 1, as redis-server 7.0 speaks it).

  decode [FILE]          prints the frames of FILE, end to end, one JSON object a line
  encode [FILE]          the same, backwards: lines of JSON to bytes on stdout
    --out FILE           writes the bytes there, not to stdout
  fuzz                   feeds hostile bytes to the decoder and says how it went
    --count N            how many inputs (100000)
    --seed N             same seed, same inputs (1)
  shadow NAME.index.json …
                         lives through recordings of real nodes with our own, and compares what
                         they believe and say; NAME.bin must lie beside it, NAME.nodes.json and
                         NAME.redis.log may (all of them with .gz, too)
    --live               the same as if it happened now: our nodes know nothing of what comes,
                         and are set right where the two have parted; NAME.capture.json.gz, as
                         the page saves it, may be given instead of the index
    --json               for programs
  --help                 this text

FILE may be -, or left out: stdin. A name that ends in .gz is unpacked.

Fields are those of clusterMsg in cluster.h. Reserved bytes are printed where they are not zero.
  epochs, offset         a number; above 2^53 - 1 a string of digits
  slots                  ranges, first and last slot: [[0,5460],[9000,9000]]
  texts                  a string; {"hex":"…"} where the bytes are not UTF-8
  pingSent, pongReceived Unix seconds
  totlen, ver            printed; encode works them out, and checks them where they are given

What redis-server would refuse goes to stderr: where, what was found, what was expected, and what
redis-server logs. Exit code: 0, all went well; 1, something was refused, or is left
unexplained; 2, wrong usage.

Examples:
  npm run -s bus -- decode src/bus/captures/publish.bin.gz
  npm run -s bus -- decode frames.bin | npm run -s bus -- encode > the-same.bin
  npm run -s bus -- shadow src/bus/captures/sigkill-failover.index.json.gz
  npm run -s bus -- shadow --live src/shadow/captures/*.index.json.gz
`;

export const gateUsage = `gatehouse gate COMMAND

  run         the gate, in front of a console
                --upstream URL          the console; without it, only other proxies ask (forward auth)
                --host ADDRESS          127.0.0.1        --port NUMBER  8090
                --public-url URL        what people open; as said at the enrolment, unless given
                --tls-cert-file FILE    --tls-key-file FILE
                --trust-proxy ADDRESSES proxies in front that are believed
                --assertions on|off     a signed assertion of who is asking, for the console
                --console-headers LIST  headers that the console reads, such as X-WEBAUTH-USER=user
                --log-level LEVEL       info
  enrol       make this machine the gate of a sensor, by the command that the sensor’s page shows
                --portal URL  --fingerprint F
                --token T | --token-file FILE | -      (- reads the token from the standard input)
                --public-url URL  --replace
  status      which gate this is, and what is in force
  check       try the way to the portal, to Entra ID and to Graph, step by step
  rotate-key  give the gate another key, while it runs
  recover     print a link that opens an Admin session at this gate, good once and for 15 minutes

Each takes --data-dir FOLDER (.gatehouse-gate). Flags can be variables as well: --data-dir is
GATEHOUSE_GATE_DATA_DIR. HTTPS_PROXY and NO_PROXY count for what a gate asks of others.`;

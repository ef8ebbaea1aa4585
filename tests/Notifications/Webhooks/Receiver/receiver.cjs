// A receiver that verifies webhooks with the library of the Standard Webhooks project. It prints its port, then one line of JSON for each
// call; lines on its input change it: {"secrets": […], "status": 200, "listen": true}. It ends with its input.
'use strict';
const http = require('node:http');
const readline = require('node:readline');
const { Webhook } = require('standardwebhooks');

let settings = { secrets: [], status: 200 };
let port = 0;
let server = null;

const verify = (secret, body, headers) => {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

const receive = (request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    console.log(JSON.stringify({
      call: {
        id: request.headers['webhook-id'],
        status: settings.status,
        body,
        verified: settings.secrets.map(secret => verify(secret, body, request.headers)),
        tampered: settings.secrets.map(secret => verify(secret, body + ' ', request.headers)),
      },
    }));
    response.writeHead(settings.status, { connection: 'close' });
    response.end();
  });
};

const start = () => new Promise(resolve => {
  server = http.createServer(receive).listen(port, '127.0.0.1', () => {
    port = server.address().port;
    resolve();
  });
});

const stop = () => new Promise(resolve => {
  server.close(resolve);
  server.closeAllConnections();
});

const main = async () => {
  await start();
  console.log(JSON.stringify({ port }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const next = JSON.parse(line);
    settings = { ...settings, ...next };
    if (next.listen === false) await stop();
    if (next.listen === true) await start();
    console.log(JSON.stringify({ changed: true }));
  }
  process.exit(0);
};

main();

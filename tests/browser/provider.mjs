// A sign-in service for the tests: node provider.mjs PORT SITE. Whoever signs in there is who they say they are. It says
// a line when it is up, and ends with its input.
import Provider from "oidc-provider";

// Its own remarks go aside: whoever started it reads one line, and then no more.
console.info = console.log = console.error;

const [port, site] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "nhip-cau",
      client_secret: "mot-bi-mat-cua-cac-phep-thu",
      redirect_uris: [`${site}/lam-viec/dang-nhap/lien-thong/ve`],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});
provider.listen(Number(port), "127.0.0.1", () => process.stdout.write(`${issuer}\n`));
process.stdin.resume().on("end", () => process.exit(0));

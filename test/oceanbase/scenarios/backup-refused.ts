import type { Scenario, Stage } from "../stage.ts";
import { archive } from "../steps.ts";

export const backupRefused: Scenario = {
  name: "backup-refused",
  stem: "ref",
  tenants: ["ref", "ref_2"],
  title: "a backup without archive or destination; destinations missing, not empty, of another tenant",
  async act(stage) {
    await stage.run("ALTER SYSTEM BACKUP TENANT = ref");
    await stage.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = ref");
    await stage.run("ALTER SYSTEM BACKUP TENANT = nobody");
    await stage.run("ALTER SYSTEM BACKUP TENANT = sys");
    await stage.run("ALTER SYSTEM BACKUP DATABASE", "root@ref");
    await setOddDestinations(stage);
    await archive(stage);
    const taken = stage.destination("ref/data");
    const takenLog = stage.destination("ref/log");
    await stage.run(`ALTER SYSTEM SET DATA_BACKUP_DEST = '${taken}' TENANT = ref_2`);
    await stage.run(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=${takenLog}' TENANT = ref_2`);
    await stage.run(`ALTER SYSTEM SET DATA_BACKUP_DEST = '${takenLog}' TENANT = ref`);
    await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = ref_2");
    await stage.pass(70);
    await stage.run("ALTER SYSTEM BACKUP TENANT = ref_2");
    await stage.run("ALTER SYSTEM NOARCHIVELOG TENANT = ref_2");
  },
};

async function setOddDestinations(stage: Stage): Promise<void> {
  const set = (uri: string) => stage.run(`ALTER SYSTEM SET DATA_BACKUP_DEST = '${uri}' TENANT = ref`);
  stage.disk.putFile("full/somebody.txt");
  await set(stage.destination("full"));
  await set(stage.destination("data").replace("file://", ""));
  await set("nfs:///backup");
  await set("s3://bucket/d?host=127.0.0.1:9&access_id=a&access_key=b&s3_region=x");
  await set("oss://bucket/d?host=127.0.0.1:9&access_id=a&encrypt_key=b");
  await set("");
  const log = (words: string) => stage.run(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = '${words}' TENANT = ref`);
  await log(`LOCATION=${stage.destination("full")}`);
  await log("BINDING=Optional");
  await log(`LOCATION=${stage.destination("l")} PIECE_SWITCH_INTERVAL=10s`);
  await log(`LOCATION=${stage.destination("l")} PIECE_SWITCH_INTERVAL=8d`);
  await log(`LOCATION=${stage.destination("l")} COLOUR=red`);
  await log(stage.destination("l"));
}

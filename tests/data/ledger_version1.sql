BEGIN TRANSACTION;
CREATE TABLE answers (
	id INTEGER NOT NULL, 
	file INTEGER NOT NULL, 
	sheet TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	number TEXT NOT NULL, 
	role TEXT NOT NULL, 
	place TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	blanks TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(file) REFERENCES files (id)
);
INSERT INTO "answers" VALUES(1,1,'任务进展','任务1','任务1','牵头','["任务进展", "A5"]','{"status": ["推进中", "推进中", "任务进展", "J5"], "done": ["任务1完成立项和招标，进场施工。", "任务1完成立项和招标，进场施工。", "任务进展", "L5"], "next": ["下季度完成主体工程。", "下季度完成主体工程。", "任务进展", "O5"]}','{"problem": "M5", "reason": "N5", "due": "P5", "help": "Q5", "evidence": "R5"}');
INSERT INTO "answers" VALUES(2,1,'任务进展','任务2','任务2','牵头','["任务进展", "A6"]','{"status": ["推进中", "推进中", "任务进展", "J6"], "progress": ["30", "30", "任务进展", "K6"], "done": ["任务2完成立项和招标，进场施工。", "任务2完成立项和招标，进场施工。", "任务进展", "L6"], "next": ["下季度完成主体工程。", "下季度完成主体工程。", "任务进展", "O6"]}','{"problem": "M6", "reason": "N6", "due": "P6", "help": "Q6", "evidence": "R6"}');
INSERT INTO "answers" VALUES(3,1,'指标进展','任务1|新建标准厂房','任务1','牵头','["指标进展", "A5"]','{}','{"reached": "G5", "remark": "I5"}');
INSERT INTO "answers" VALUES(4,2,'任务进展','任务2','任务2','责任','["任务进展", "A5"]','{"status": ["推进中", "推进中", "任务进展", "J5"], "done": ["任务2完成立项和招标，进场施工。", "任务2完成立项和招标，进场施工。", "任务进展", "L5"]}','{"progress": "K5", "problem": "M5", "reason": "N5", "next": "O5", "due": "P5", "help": "Q5", "evidence": "R5"}');
INSERT INTO "answers" VALUES(5,2,'任务进展','任务3','任务3','牵头','["任务进展", "A6"]','{"status": ["推进中", "推进中", "任务进展", "J6"], "progress": ["30", "30", "任务进展", "K6"], "done": ["任务3完成立项和招标，进场施工。", "任务3完成立项和招标，进场施工。", "任务进展", "L6"], "next": ["下季度完成主体工程。", "下季度完成主体工程。", "任务进展", "O6"]}','{"problem": "M6", "reason": "N6", "due": "P6", "help": "Q6", "evidence": "R6"}');
CREATE TABLE books (
	path VARCHAR(500) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	PRIMARY KEY (path)
);
INSERT INTO "books" VALUES('outbox/2023Q1/汇总/2023年第一季度目标任务进展汇总.xlsx','34f51f038ea142568a0db7f35adde0c15dcf8bf69572521493f5ef6b8ced46da');
CREATE TABLE decisions (
	id INTEGER NOT NULL, 
	about VARCHAR(16) NOT NULL, 
	subject TEXT NOT NULL, 
	field TEXT NOT NULL, 
	value TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "decisions" VALUES(1,'file','1','处理','停用','merged with findings','2023-04-03 09:00:00.000000');
INSERT INTO "decisions" VALUES(2,'file','1','处理说明','试一试','','2023-04-03 09:00:00.000000');
INSERT INTO "decisions" VALUES(3,'file','1','处理','恢复','merged with findings','2023-04-03 09:00:00.000000');
INSERT INTO "decisions" VALUES(4,'file','1','处理说明','','','2023-04-03 09:00:00.000000');
CREATE TABLE files (
	id INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	size BIGINT NOT NULL, 
	sent DATETIME NOT NULL, 
	collected DATETIME NOT NULL, 
	outcome VARCHAR(24) NOT NULL, 
	reason TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	period VARCHAR(8) NOT NULL, 
	form VARCHAR(64) NOT NULL, 
	receipt VARCHAR(16) NOT NULL, 
	issue INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	votes TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "files" VALUES(1,'484ad07c87d71f50e7daeb58fea0b24a697a9175bc20555d65bdf9fc601acb77','工信.xlsx',14704,'2023-03-20 09:00:00.000000','2023-04-03 09:00:00.000000','merged with findings','有 2 处错误','云溪县工信局','2023Q1','progress','ERU6-9QJ8-N',1,'records/returns/2023Q1/云溪县工信局/484ad07c87d7_工信.xlsx','[["封签", "ERU6-9QJ8-N", true], ["回执编号", "ERU6-9QJ8-N", true], ["定义名称", "ERU6-9QJ8-N", true], ["文档属性", "ERU6-9QJ8-N", true]]','');
INSERT INTO "files" VALUES(2,'307840220af76a878c8aad801dce5a4fad6e3f12cca8593bc645b431c133ec57','来件.xlsx',13994,'2023-03-20 09:00:00.000000','2023-04-03 09:00:00.000000','merged','全部采用','东山镇','2023Q1','progress','EVTC-KX75-C',1,'records/returns/2023Q1/东山镇/307840220af7_来件.xlsx','[["封签", "EVTC-KX75-C", true], ["回执编号", "EVTC-KX75-C", true], ["定义名称", "EVTC-KX75-C", true], ["文档属性", "EVTC-KX75-C", true]]','');
CREATE TABLE findings (
	id INTEGER NOT NULL, 
	file INTEGER NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	unit TEXT NOT NULL, 
	title TEXT NOT NULL, 
	sheet TEXT NOT NULL, 
	cell TEXT NOT NULL, 
	facts TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(file) REFERENCES files (id)
);
INSERT INTO "findings" VALUES(1,1,'C08','云溪县工信局','累计进度','任务进展','K5','{"high": "100", "seen": "130"}');
INSERT INTO "findings" VALUES(2,1,'C02','云溪县工信局','本年累计完成值','指标进展','G5','{"hint": "只填数字，计量单位见左侧“单位”栏"}');
CREATE TABLE issues (
	receipt VARCHAR(16) NOT NULL, 
	form VARCHAR(64) NOT NULL, 
	period VARCHAR(8) NOT NULL, 
	unit TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	seal TEXT NOT NULL, 
	issued_at DATETIME NOT NULL, 
	PRIMARY KEY (receipt)
);
INSERT INTO "issues" VALUES('8HZ3-4HQ8-9','progress','2023Q1','云溪县发改局',1,'bc8bed558ab214d273e69513de0e1c0fd60ef33a4b16ba2da1df7ffa7cb94894','TASKSEAL1.1ce1ee46.b414ec0e4285df69253121d30f02058cead9d3d1862666f3ed1026bb6f821186.eNp1kMFOwkAQht9lEm9tUqhG7BNw5SrpochqGgttttQLadJwsEoMhgS4kKiohMSDkYCRtiZ9GHcXfAt3IwgxcJv5Z/+Z7986lD0EGmSVrCorqqwqIMGpjStcc7B9hpHrcqXqVUoIg5aRwEHYtMtLSyHDhxidINOpcSmXP1bl/XwhJx9xvWaULOSCVgeSJLQ5WKR9Ou6CVizCvP/KHkJh3qiu3+nzFKQ6WMgQB0jcZvELbaX0ts06ER0HGyQbRscyqoLnQLDYloiz2sUZ3HPRd+5JPGJBQoNP+nj33U0P90gyJLMm+LpUXAKKZetqMX3izVaejyFJB/941sYtPKtd4HqOY+ParnRLXNZ7o0nM49HwkrYa7CrNKWQW0mjCetF8PPlF/woanF6XgN2E/O3f9+q+BF7V3HnkAmHXtAViBvwfD3TuGg==','2023-04-03 09:00:00.000000');
INSERT INTO "issues" VALUES('ERU6-9QJ8-N','progress','2023Q1','云溪县工信局',1,'d1785fbd0910c39f985d54b771096334fed7756092329443f00d4e8aaee5cd24','TASKSEAL1.1ce1ee46.a7e4a5ccc843db8d71b004ade2688343f6170744f683cb2dda4fa4a43bf22c6f.eNqdkUFLAkEYhv/Ld96FdaWwvXfpEBh0EolRJ1ly3WV2t4sJJtFqhCWkRF4S8tIp0UjdYv9LzYz1L9pJTUOD6Da8H987z/t+Bci4GDRQFTUqK1E5qoAE+yYxQs0iZpZg2w6VvGukMAEtIoGFiW5mpivxSDgkOI11ywmlzZ3ddXkjvhWTt0PdQakctkErAPV9dtZ+D1qs2wAtkZgKYnn+Glcf2V0fpALkMBIf0FGdj+5ZLWBPHRq0Wbe0QLKwaOVQXvCsCRYzJ+LMvMB2Lcskzg+3izq/Gk7cHGQfhDPefGD+iN96zDtltTKvBDGFDjw27PHmcNztUb9DB2dvpTIUk9KMXv2mV/9Lr/6Znl2efDS8OfG4dc37Pn2p8UaFPh/Twc2ELikBP/fCJMtlHy2n/KX/tGlYiCDHFKSv1U44NDCyXYL33Lz+VeZCOSIWMvDKGlcfzEEki4VNTBHIRQlmtqs6O8TE1k3RUQSKn/ZqQwo=','2023-04-03 09:00:00.000000');
INSERT INTO "issues" VALUES('EVTC-KX75-C','progress','2023Q1','东山镇',1,'c0d346cb2ea9e4769c39c3422ecd0b129911df7a7f6bcc850c3b7afc448b9605','TASKSEAL1.1ce1ee46.2862c7052d023e6560043cdf469e462ed404f100bc9cb6573ec2c45d7f072a2a.eNptkM9Kw0AQxt9lzgnkD0XItXjyJIgIpYfUrhJMm7BJvIRAKkKrlFrBolgPLSqCBzEQsTZKH8bsNn0Ld21TS/E28+3M9/12fKh6CDRQJEUVJVVUJRDgwMI1ptnYOsTIcZhS92oVhEGTBbARNqzqYmVbZo8Y7SPDdpm0ubtTFLf2NgpikemuXjGRA5oPaZKQ82E26ZOoB1qptBAUNvRXZfE9a0DwwUQ6D0jHl3T8TDoT8v6YToYkCldIVhZtU69zngJnsUz+ndwLHM+2LczZSPd01mv+YjlHrJ/2b2icpF8d2muln410dPsdnkBQFnI6dUnHq+nZG3mIV+lGdySK5pZrUOr/ULlFTkBe2rTVzcIGvX4irxekPaZXH7NwMOcoC0DbTTpoLs9WDgTw6oa7Fn6MsGNYPEyG4Aeetsxa','2023-04-03 09:00:00.000000');
INSERT INTO "issues" VALUES('4JJ7-3Q6X-A','progress','2023Q1','云溪县工信局',2,'7634a549123d2fa91fe6629a1af9cc536caea1d1091409b5878b9e592e6f29ba','TASKSEAL1.1ce1ee46.0cb5566de958dd56591cc26f4e47313d6c572c6273c8cacc4bcd2d9dbe62d221.eNq1Ul1LG0EU/S/3eQObTa2yb7765psgUkYzSjCbWWZ3RUgDVoobTUj9ShDjg0FTpMXSkEg3u0r+Szszq0/+BWeMMRYjiODbzL1zzpx77slD2sNggqEbqYSeSqR00GCRUEvWbEqWKHYcWcl51jymYBoa2JhmSPoBMp2UTYoXcMZ2ZenD1NR4IjX9cSYxKesums9iB8w8sCjiW43rXp23qmDOzj4UFHh4ijcv+GkHtDxkMVIfsHBHhD94pcf/NFmvwVtrT5Q8AdpZlFN6xpQWklXjDLjA8WybUPc/tm87Yr/bZ3ORsyx7ovabR6E49rm/wSvrotib0Fng825b1Lpxq82iJgu2/q2tQ0HKS5McHgrgv8qiuB3/LN00uny3LEp1yXN7WVbTHoWidiXVK6SUjlfvhQQlfn7Cw+99JAsidrUnH8Vnpf67R99NSN7vw3GR66mrqJxJWhacQ2FOG7hoPLpovNVF49Uu8u2vN1V/6FxcPxAdOUBFVIvs8gsLDke6ZLyrSy+bNKeBKPvyq+fZ+/x86S/EcYFYNqLIJcqwv5tN2bQwcjyKP3m5TF/sMCtqBGThkakanV8X0SWsaCZ0JbmgwYB21OpWMHUyRK0qCYU7Ii3ZIw==','2023-04-03 09:00:00.000000');
CREATE TABLE papers (
	period VARCHAR(8) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (period, name)
);
CREATE TABLE receipts (
	id INTEGER NOT NULL, 
	period VARCHAR(8) NOT NULL, 
	unit TEXT NOT NULL, 
	newest INTEGER NOT NULL, 
	state VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	faults INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "receipts" VALUES(1,'2023Q1','云溪县工信局',1,'261adf2faaa1a70d4cc4956bf86dd5ee79a58da38fbca3b05f2b9879973765c8','outbox/2023Q1/退回/云溪县工信局_2023年第一季度进展_退改.xlsx',2,'2023-04-03 09:00:00.000000');
INSERT INTO "receipts" VALUES(2,'2023Q1','东山镇',2,'6cabe1ea81058a9240d0579ed3307baf9194581241f7315fc16462af7f3b93d7','outbox/2023Q1/退回/东山镇_2023年第一季度进展_回执.txt',0,'2023-04-03 09:00:00.000000');
INSERT INTO "receipts" VALUES(3,'2023Q1','云溪县工信局',1,'261adf2faaa1a70d4cc4956bf86dd5ee79a58da38fbca3b05f2b9879973765c8','',2,'2023-04-03 09:00:00.000000');
CREATE TABLE shown (
	token VARCHAR(16) NOT NULL, 
	content TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (token)
);
INSERT INTO "shown" VALUES('e68b4b89a780f2fa','{"file": {"1": {"处理": "恢复"}}}','2023-04-03 09:00:00.000000');
CREATE TABLE supervision (
	year INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	period VARCHAR(8) NOT NULL, 
	task VARCHAR(64) NOT NULL, 
	unit TEXT NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	deadline DATE NOT NULL, 
	feedback TEXT NOT NULL, 
	note TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (year, number), 
	UNIQUE (period, task)
);
CREATE INDEX issues_by_period ON issues (form, period, unit);
CREATE INDEX ix_files_digest ON files (digest);
CREATE INDEX ix_files_period ON files (period);
CREATE INDEX decisions_by_subject ON decisions (about, subject);
CREATE INDEX receipts_by_unit ON receipts (period, unit);
CREATE INDEX ix_answers_file ON answers (file);
CREATE INDEX ix_findings_file ON findings (file);
COMMIT;

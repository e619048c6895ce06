INSERT INTO skills VALUES ('alpha', 'quarantined', 0, '{"skillId":"alpha","lastCheck":null,"consecutiveFailures":0,"totalFailures":0,"totalChecks":0,"lastError":null,"status":{"kind":"quarantined","reason":"5 failures"}}', NULL, 'null', NULL, 1760000000000);
INSERT INTO fixes VALUES (1, 'no module named <quoted>', 'install it', 'alpha', 0, 0, 1760000000000, 1760000000000, NULL, 'No module named ''httpx''', 1, NULL, 0);
INSERT INTO skill_keys VALUES (1, 'alpha');
INSERT INTO checks VALUES (1, 1760000000000, 0, 0, 125, NULL);
INSERT INTO roll_ups VALUES (1, 1759999500000, 1, '1000m3m3h11');
INSERT INTO fix_trials VALUES (1, 1, 'alpha', 1760000000000, 'worked', '{"incidentId":null,"signature":"no module named <quoted>","origin":"user","inForce":true,"healthyChecks":3,"failedChecks":0,"decidedAt":1760000003000}');
INSERT INTO fix_proposals VALUES (1, 1, 'alpha', 1760000004000, 'open', '{"error":"No module named ''httpx''","suggestion":"Changed skill.py and restarted it"}');

# A skill as small as a process can be: answers everything with "ok", in the prefixed dialect.
while read -r line; do
  id=${line##*\"id\":}
  id=${id%%\}*}
  case $line in
    *skill.handshake*)
      name=${line#*\"expected_name\":\"}
      printf '{"jsonrpc":"2.0","id":%s,"result":{"name":"%s","version":"1.0.0"}}\n' "$id" "${name%%\"*}" ;;
    *skill.shutdown*)
      printf '{"jsonrpc":"2.0","id":%s,"result":{"status":"ok"}}\n' "$id"
      exit 0 ;;
    *)
      printf '{"jsonrpc":"2.0","id":%s,"result":{"status":"ok"}}\n' "$id" ;;
  esac
done

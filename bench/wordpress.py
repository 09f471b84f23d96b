"""Debian's WordPress with one article, as its packages come: MariaDB, php-fpm, nginx before them.

Packages: wordpress, wordpress-theme-twentytwentythree, mariadb-server, php-fpm, php-mysql, nginx.
"""
import shutil, subprocess, time, urllib.request
from contextlib import contextmanager
from pathlib import Path

CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{run}/db.sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{address}'); define('WP_SITEURL', '{address}');
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url('{address}', PHP_URL_HOST);
function wp_mail() {{ return true; }}
require '{run}/www/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Bench', 'bench', 'bench@site.example', true, '', bin2hex(random_bytes(12)));
$html = file_get_contents('{run}/article.html');
$id = wp_insert_post(array('post_title' => 'Article', 'post_content' => $html, 'post_status' => 'publish'));
echo get_permalink($id);
"""
FPM = """[global]
error_log = {run}/fpm.log
daemonize = no
[www]
user = www-data
group = www-data
listen = {run}/fpm.sock
listen.mode = 0666
pm = static
pm.max_children = 8
"""
NGINX = """worker_processes 2; daemon off; pid {run}/nginx.pid; error_log {run}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; include /etc/nginx/mime.types;
  client_body_temp_path {run}/t1; proxy_temp_path {run}/t2; fastcgi_temp_path {run}/t3;
  uwsgi_temp_path {run}/t4; scgi_temp_path {run}/t5;
  server {{
    listen 127.0.0.1:{port}; root {run}/www; index index.php;
    location / {{ try_files $uri $uri/ /index.php?$args; }}
    location ~ \\.php$ {{
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_pass unix:{run}/fpm.sock;
    }}
  }}
}}
"""


def is_there():
    """Whether the packages are installed."""
    return all(
        Path(p).exists() for p in ("/usr/share/wordpress/wp-load.php", "/usr/sbin/mariadbd", "/usr/sbin/nginx")
    ) and bool(list(Path("/usr/sbin").glob("php-fpm*")))


@contextmanager
def serving(run, html, port=8183):
    """The article's address, for as long as it is served. `run` must be readable by everyone."""
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(parents=True)
    names = {"run": run, "port": port, "address": f"http://127.0.0.1:{port}"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    socket = f"--socket={run}/db.sock"
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", f"--datadir={run}/db", "--user=root",
         "--auth-root-authentication-method=normal"], check=True, **quiet)
    started = [subprocess.Popen(
        ["/usr/sbin/mariadbd", "--no-defaults", f"--datadir={run}/db", socket, "--skip-networking", "--user=root"], **quiet)]
    try:
        ping = ["mariadb-admin", "--no-defaults", socket, "-u", "root", "ping"]
        while subprocess.run(ping, **quiet).returncode:
            time.sleep(0.2)
        subprocess.run(["mariadb", "--no-defaults", socket, "-u", "root", "-e", "CREATE DATABASE wp"], check=True)
        subprocess.run(["cp", "-rL", "/usr/share/wordpress", run / "www"], check=True)
        (run / "www" / "wp-config.php").unlink(missing_ok=True)
        (run / "www" / "wp-config.php").write_text(CONFIG.format(**names))
        # On an address with a port it redirects every page to itself.
        extra = run / "www" / "wp-content" / "mu-plugins"
        extra.mkdir(exist_ok=True)
        (extra / "stay.php").write_text("<?php remove_action('template_redirect', 'redirect_canonical');")
        (run / "article.html").write_text(html)
        (run / "install.php").write_text(INSTALL.format(**names))
        (run / "fpm.conf").write_text(FPM.format(**names))
        (run / "nginx.conf").write_text(NGINX.format(**names))
        address = subprocess.run(
            ["php", run / "install.php"], check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]
        subprocess.run(["chmod", "-R", "a+rX", run / "www"], check=True)
        fpm = sorted(Path("/usr/sbin").glob("php-fpm*"))[-1]
        started.append(subprocess.Popen([fpm, "-y", run / "fpm.conf"], **quiet))
        started.append(subprocess.Popen(["/usr/sbin/nginx", "-c", run / "nginx.conf"], **quiet))
        time.sleep(2)
        with urllib.request.urlopen(address, timeout=30) as answer:
            yield answer.url, len(answer.read())
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()

cli-failed = Không thực hiện được: { $detail }

data-folder-missing = Không tìm thấy dữ liệu trong thư mục “{ $folder }”. Hãy chạy “nhipcau init” hoặc “nhipcau demo”, hoặc chỉ đúng thư mục bằng --data.
file-missing = Không tìm thấy tệp “{ $file }”.
file-exists = Tệp “{ $file }” đã có; không ghi đè. Hãy chọn tên khác.
file-unreadable = Không đọc được “{ $file }”; hãy kiểm tra quyền truy cập.
file-too-large = Tệp lớn { $megabytes } MB, vượt mức cho phép đối với một biểu mẫu.
backup-broken = Tệp “{ $file }” không phải bản sao lưu nguyên vẹn; chưa có gì được phục hồi.
copy-needs-database = Hãy chỉ rõ cơ sở dữ liệu đích bằng --database postgres://…
cannot-listen = Không mở được địa chỉ { $address }: { $detail }. Hãy chọn địa chỉ khác bằng --listen.
office-unknown = Không có cơ quan nào mang mã “{ $office }”.
return-none = Đơn vị “{ $unit }” chưa gửi báo cáo này.
nothing-owed = Không có đơn vị nào phải báo cáo trong kỳ “{ $period }”.
template-failed = Không lập được biểu mẫu: { $detail }
attachment-kind = “{ $file }” không phải tệp PDF, PNG hoặc JPEG.
clock-out-of-range = Đồng hồ máy chỉ một thời điểm không dùng được.
edition-not-a-draft = Bản số { $number } của báo cáo “{ $report }” không phải bản dự thảo đã lập xong; hãy lập dự thảo trước.
edition-not-approved = Bản số { $number } của báo cáo “{ $report }” chưa được duyệt.
edition-not-frozen = Bản số { $number } của báo cáo “{ $report }” chưa được chốt.
edition-inputs-changed = Số liệu đã thay đổi sau khi duyệt bản số { $number } của báo cáo “{ $report }”. Hãy lập lại dự thảo, xem và duyệt lại.
edition-would-expose = Chưa thể công bố: số liệu nhỏ của đơn vị “{ $unit }” (chỉ số “{ $figure }”) có thể bị suy ra từ các số khác.
demo-needs-synthetic = Chiến dịch này không có tệp synthetic.toml nên không tạo được số liệu minh họa.

migrate-done = Đã cập nhật cấu trúc cơ sở dữ liệu ({ $steps } bước).
backup-done = Đã sao lưu vào “{ $file }”.
restore-done = Đã phục hồi.
copy-done = Đã chuyển sang PostgreSQL.
doctor-campaign = { $name }: cấu hình phiên bản { $version }, { $units } đơn vị.
doctor-open-folder = Thư mục “{ $folder }” cho người khác đọc; trong đó có số liệu chưa che. Hãy đặt quyền 700.
doctor-sound = Không thấy điều gì bất thường.
doctor-unsound = Có điều cần xử lý, nêu ở trên.
init-checked = Cấu hình “{ $name }” hợp lệ.
init-done = { $name }: cấu hình phiên bản { $version }; ghi thêm { $events } sự kiện về đơn vị.
tree-changed = Đã ghi thay đổi có hiệu lực từ { $day }; các tổng số đã được tính lại.
serve-ready = Đang phục vụ tại { $address } (nhấn Ctrl+C để dừng)
serve-reviewer = Thẩm định số liệu chưa che (dùng một lần, trong 12 giờ): { $address }
generate-done = Đã tạo { $cells } chi bộ trong “{ $folder }” (kỳ “{ $period }”).
template-written = Đã lập { $count } biểu mẫu trong “{ $folder }”.
accepted-count = Đã duyệt { $count } báo cáo.
sent-back = Đã trả lại báo cáo.
exempted = Đã ghi miễn báo cáo.
extended = Đã gia hạn đến { $day }.
import-summary = Nhận mới { $received }, điều chỉnh { $corrected }, được duyệt { $accepted }, không đổi { $unchanged }; { $refused } tệp có nội dung bị từ chối.
import-dry-run = Chạy thử: không có gì được ghi.
return-revision = Lần gửi { $number }, { $office }, { $file }
report-drafted = Đã lập dự thảo báo cáo “{ $report }”, bản số { $number }.
report-open-comments = Còn { $count } góp ý chưa giải quyết, chưa duyệt. Thêm --despite-comments nếu vẫn duyệt.
report-approved = Đã duyệt báo cáo “{ $report }”, bản số { $number }.
report-frozen = Đã chốt báo cáo “{ $report }”, bản số { $number }.
report-attached = Đã đính kèm vào báo cáo “{ $report }”, bản số { $number }.
verify-agrees = Khớp: đã đối chiếu { $returns } báo cáo, { $totals } dòng tổng, { $editions } bản báo cáo đã chốt.
verify-failed = Có { $count } điểm không khớp.
verify-differs = { $what } { $which }: đang lưu { $kept }; tính lại { $recomputed }
verify-what-database = Tệp dữ liệu
verify-what-foreign-key = Liên kết
verify-what-tree = Cây đơn vị
verify-what-state = Trạng thái báo cáo
verify-what-contribution = Số góp
verify-what-total = Tổng số
verify-what-edition = Bản đã chốt
demo-inputs = Đã viết { $count } tệp báo cáo vào “{ $folder }”.
demo-import = Nhập báo cáo của các đơn vị:
demo-send-back-reason = Số liệu kỳ này chênh lệch so với sổ theo dõi của đảng ủy; đề nghị kiểm tra và gửi lại.
demo-sent-back = ↩ Trả lại báo cáo của { $unit }: { $reason }
demo-report = Báo cáo:
demo-figures = Các chỉ số, đối chiếu với kết quả đã công bố:
demo-notice = { $notice }

column-key = Chỉ số
column-value = Giá trị
column-numerator = Tử số
column-denominator = Mẫu số
column-wording = Diễn đạt
column-unit = Đơn vị
column-status = Trạng thái
column-coverage = Báo cáo
column-published = Đã công bố
column-name = Tên
column-under = Trực thuộc
column-source = Nguồn
column-form = Biểu mẫu
column-period = Kỳ
column-revision = Lần gửi
column-report = Báo cáo
column-edition = Bản số
column-date = Thời điểm
column-due = Hạn nộp
column-office = Cơ quan
status-measured = từ báo cáo
status-derived = tính từ chỉ số khác
status-claim = trích dẫn
status-missing = chưa có số liệu
status-unanswerable = không xác định được
return-status-expected = chưa gửi
return-status-draft = đang soạn
return-status-submitted = chờ duyệt
return-status-returned = bị trả lại
return-status-accepted = đã duyệt
return-status-exempt = được miễn
answer-exempt = miễn: { $reason }
edition-draft = dự thảo
edition-approved = đã duyệt
edition-frozen = đã chốt
explain-says = Diễn đạt
explain-status = Loại
explain-definition = Định nghĩa
explain-value = Số liệu
explain-excluded = Đã trừ
explain-tree = Theo cây đơn vị ngày
explain-coverage = Phải báo cáo { $expected }, đã duyệt { $accepted }, được miễn { $exempt }, còn thiếu { $missing }.
explain-correction = Điều chỉnh: { $unit } ({ $office }): { $reason }

help = Nhịp Cầu: đưa con số từ ấp, khóm đến trang công bố. Mỗi con số trả lời được: của ai, trừ ai, tính đến ngày nào, từ những đơn vị nào, còn thiếu đơn vị nào.
help-exit-codes =
    Mã kết thúc:
      0  xong
      1  xong một phần: có nội dung bị từ chối, hoặc verify thấy chỗ không khớp
      2  lệnh viết không đúng
      3  yêu cầu không thực hiện được (kèm lý do)
      4  máy hoặc cơ sở dữ liệu báo lỗi
    Biến môi trường: NHIPCAU_DATA, NHIPCAU_DATABASE, NHIPCAU_LANG, RUST_LOG.
help-demo = Dựng chiến dịch mẫu từ các tệp Excel và mở trang xem
help-demo-long =
    Ví dụ:
      nhipcau demo
      nhipcau demo --once --data /tmp/thu
      nhipcau demo --listen 0.0.0.0:8080
help-init = Lập thư mục dữ liệu từ các tệp cấu hình của một chiến dịch
help-init-long =
    Chạy lại với cấu hình đã sửa thì cấu hình mới thành phiên bản tiếp theo; chạy lại với cấu hình cũ thì không có gì thay đổi.
    Ví dụ:
      nhipcau init --campaign campaigns/cau-ngang --data du-lieu
      nhipcau init --campaign campaigns/cau-ngang --check
help-returns = Biểu mẫu gửi đi, báo cáo nhận về, duyệt
help-returns-template = Lập tệp Excel để đơn vị điền
help-returns-template-long =
    Ví dụ:
      nhipcau returns template --period nam-1 --out bieu-mau
      nhipcau returns template --period nam-1 --unit xa-long-son.ap-so-cay
help-returns-import = Nhập báo cáo từ tệp hoặc thư mục (.xlsx, .csv)
help-returns-import-long =
    Nhập lại cùng một tệp không làm thay đổi gì. Một tệp hỏng không cản các tệp khác. Với --format json, mỗi tệp được xác nhận bằng một dòng sau khi đã ghi chắc chắn.
    Ví dụ:
      nhipcau returns import bao-cao/ --dry-run
      nhipcau returns import bao-cao/ --accept-by ban-tuyen-giao
      nhipcau returns import sua.xlsx --reason "Đếm sót hai đồng chí mới chuyển đến"
help-returns-list = Liệt kê báo cáo đã có trong một kỳ
help-returns-show = Xem một báo cáo với mọi lần gửi và mọi bước xử lý
help-returns-accept = Duyệt báo cáo đang chờ
help-returns-send-back = Trả lại một báo cáo, kèm lý do
help-returns-exempt = Ghi miễn báo cáo cho một đơn vị, kèm lý do
help-returns-extend = Gia hạn nộp cho một nhánh đơn vị, kèm lý do
help-figures = In các chỉ số của một kỳ
help-figures-long =
    Ví dụ:
      nhipcau figures --period nam-1
      nhipcau figures --period nam-1 --unit xa-long-son --format json
      nhipcau figures --period nam-1 --tree now
    Với --format json, mỗi chỉ số có: key, value (tỷ lệ: phần trăm nguyên, bỏ phần lẻ), numerator, denominator, wording, unit, status (measured, derived, claim, missing, unanswerable), coverage.
help-explain = Giải thích một chỉ số đến từng ô của tệp báo cáo
help-explain-long =
    Ví dụ:
      nhipcau explain members.registered --period nam-1
      nhipcau explain members.planned --period nam-1 --format json
help-coverage = Đơn vị nào đã báo cáo, đơn vị nào chưa
help-tree = Cây đơn vị theo ngày, và các thay đổi
help-tree-show = Xem cây đơn vị vào một ngày
help-tree-change = Ghi một thay đổi có ngày hiệu lực
help-tree-change-long =
    Ví dụ (JSON): {"{"}"change":"rename","unit":"xa-long-son","name":"Đảng bộ xã Long Sơn"{"}"}
    Các loại: open, close, move, rename, recode, rekind, merge, split.
help-report = Dự thảo, duyệt, chốt báo cáo và xuất văn bản
help-report-draft = Lập dự thảo từ mẫu và số liệu hiện có
help-report-approve = Duyệt dự thảo
help-report-freeze = Chốt bản đã duyệt và xuất PDF, DOCX, HTML, phụ lục
help-report-write = Xuất lại các văn bản của một bản đã chốt
help-report-attach = Đính kèm bản quét có chữ ký, đóng dấu
help-report-list = Liệt kê các bản báo cáo
help-serve = Mở trang xem trên web
help-verify = Tính lại mọi thứ từ bản ghi gốc và đối chiếu
help-migrate = Cập nhật cấu trúc cơ sở dữ liệu
help-backup = Sao lưu ra một tệp, trong khi vẫn làm việc
help-restore = Phục hồi từ bản sao lưu vào nơi còn trống
help-copy-to-postgres = Chuyển dữ liệu sang PostgreSQL
help-copy-to-postgres-long =
    Ví dụ:
      nhipcau copy-to-postgres --data du-lieu --database postgres://nhipcau@localhost/nhipcau
help-doctor = Kiểm tra nơi lưu dữ liệu
help-generate = Tạo một quốc gia giả định để đo tốc độ
help-completions = In kịch bản tự hoàn thành lệnh cho shell

arg-data = Thư mục dữ liệu
arg-database = Cơ sở dữ liệu PostgreSQL thay cho thư mục dữ liệu (postgres://…)
arg-lang = Ngôn ngữ: vi hoặc en
arg-once = Làm mọi việc trừ mở trang xem, rồi kết thúc
arg-listen = Địa chỉ mở trang xem
arg-campaign = Thư mục cấu hình chiến dịch
arg-seed = Số mầm của bộ tạo số liệu giả định
arg-check = Chỉ kiểm tra cấu hình, không ghi gì
arg-period = Kỳ báo cáo, ví dụ nam-1
arg-unit = Mã đơn vị
arg-tree = Cây đơn vị: then (cuối kỳ), now (hôm nay) hoặc một ngày
arg-format = Cách in: table, json, csv
arg-figure = Mã chỉ số, ví dụ members.registered
arg-on = Ngày hiệu lực
arg-office = Cơ quan thực hiện
arg-change = Nội dung thay đổi, dạng JSON
arg-report = Tên mẫu báo cáo
arg-despite-comments = Vẫn duyệt dù còn góp ý chưa giải quyết
arg-edition = Bản số; bỏ trống là bản mới nhất
arg-date = Ngày ghi trên văn bản
arg-number = Số và ký hiệu văn bản
arg-file = Tệp
arg-to = Tệp đích
arg-from = Tệp sao lưu
arg-quiet = Không in gì khi mọi thứ khớp
arg-shell = Loại shell
arg-cells = Số chi bộ
arg-out = Thư mục ghi ra
arg-paths = Tệp hoặc thư mục
arg-dry-run = Chạy thử, không ghi gì
arg-accept-by = Cơ quan duyệt luôn khi nhập
arg-reason = Lý do
arg-as-of = Ngày dùng để hiểu tên và mã đơn vị; bỏ trống là hôm nay
arg-form = Mã biểu mẫu
arg-status = Trạng thái báo cáo
arg-until = Hạn mới

arg-site = Địa chỉ mà bạn đọc dùng để vào trang, ví dụ https://caungang.example
arg-tls-certificate = Tệp chứng thư TLS (PEM, cả chuỗi); thay tệp là dùng ngay, không cần khởi động lại
arg-tls-key = Tệp khóa riêng của chứng thư (PEM)
arg-trusted-proxy = Mạng của máy chủ trung gian được tin, ví dụ 10.0.0.0/8; chỉ khi đó địa chỉ do nó chuyển mới được dùng
arg-operations = Địa chỉ riêng cho người vận hành: /healthz, /readyz, /metrics
arg-page-memory = Bộ nhớ dành cho các trang đã dựng, MB
account-key-damaged = Tệp khóa { $file } không đúng 32 byte. Đề nghị chép lại tệp này từ bản sao lưu; nếu không còn, xóa tệp đi: những người dùng mã xác thực sẽ phải đăng ký lại.
serve-certificate = Không dùng được chứng thư trong tệp { $file }: { $detail }
serve-too-much = Có quá nhiều yêu cầu từ máy của bạn trong thời gian ngắn. Xin chờ một chút rồi thử lại.

help-visits = Lượt truy cập đã đếm, và số đã đếm ở trang cũ
help-visits-long =
    Ví dụ:
      nhipcau visits total --format json
      nhipcau visits import access.log access.log.1 --host caungang.example
      nhipcau visits carry --last-day 2026-11-30 --visits 3342863 --note "số đếm của trang cũ"
    Lượt truy cập là một lần vào trang của một người đọc, kết thúc sau 30 phút không mở trang nào nữa.
    Lệnh import và carry cần dừng dịch vụ (serve) trong lúc chạy.
help-visits-total = Tổng số lượt truy cập và lượt xem
help-visits-import = Đọc nhật ký truy cập của trang cũ (dạng combined của Apache, nginx)
help-visits-carry = Nhận tổng số của trang cũ
arg-files = Tệp cần đọc
arg-host = Tên miền của trang cũ, để liên kết trong trang không bị coi là nguồn giới thiệu
arg-overlap = Nhật ký của máy chủ thứ hai cùng một trang: cho phép trùng thời gian với tệp đã đọc
arg-last-day = Ngày cuối cùng mà trang cũ đếm, ví dụ 2026-11-30
arg-visits = Số lượt truy cập
arg-views = Số lượt xem, nếu trang cũ có đếm
arg-note = Ghi chú: con số lấy từ đâu
column-visits-what = Khoảng thời gian
column-visits-visits = Lượt truy cập
column-visits-views = Lượt xem
visits-online = Đang trực tuyến (5 phút gần đây)
visits-today = Hôm nay
visits-week = Trong tuần (từ thứ Hai)
visits-month = Trong tháng
visits-all = Tất cả
visits-gap = Từ { $from } đến { $to } có { $hits } lượt không ghi được (đĩa đầy hoặc hỏng).
visits-carried = Đã nhận { $visits } lượt truy cập, { $views } lượt xem của trang cũ.
visits-carried-before = Con số này đã được nhận trước đó; không có gì thay đổi.
visits-imported = { $file }: thêm { $visits } lượt truy cập, { $views } lượt xem; không tính { $left } dòng (máy tự động, tệp, lỗi); { $bad } dòng không đọc được.
visits-import-before = { $file }: tệp này đã được đọc trước đó; không có gì thay đổi.
visits-bad-line = dòng { $line }: { $why }

help-site = Nội dung ban đầu của trang, bản đồ, địa chỉ của trang cũ
help-site-load = Nạp chuyên mục, trang, bài, ảnh từ một thư mục (xem docs/site-content.md)
help-site-map = Nạp ranh giới các đơn vị từ tệp GeoJSON, có hiệu lực từ một ngày
help-site-redirects = Nạp địa chỉ của trang cũ từ tệp CSV (địa chỉ cũ, địa chỉ mới)
arg-folder = Thư mục
site-loaded = Trang thông tin: { $columns } chuyên mục, { $articles } bài và trang, { $pictures } ảnh, { $maps } bản đồ.
site-map-loaded = Bản đồ: { $areas } vùng ứng với đơn vị đang hoạt động.
site-redirects-loaded = Đã nạp { $count } địa chỉ của trang cũ.
site-folder-empty = Thư mục này không có tệp site/site.toml.
site-file-missing = Không đọc được tệp { $file }: { $detail }
site-map-day = Tên tệp { $file } không phải là một ngày (cần dạng 2025-07-01.geojson).
site-article-day = Bài “{ $slug }” ghi thời điểm đăng không đọc được; cần dạng 2022-05-19T07:30.
site-picture-missing = Không thấy tệp ảnh { $file }.
arg-first-day = Từ ngày, ví dụ 2025-07-01

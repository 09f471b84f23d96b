# API cho chương trình (crates/api), mã truy cập của cơ quan, lệnh “nhipcau office token” và “nhipcau api”.

api-status-bad = Không đọc được yêu cầu
api-status-unauthorized = Chưa biết ai hỏi
api-status-forbidden = Không được phép
api-status-not-found = Không có
api-status-method = Địa chỉ không nhận cách gọi này
api-status-conflict = Đã thay đổi
api-status-large = Quá lớn
api-status-media = Kiểu nội dung không nhận
api-status-refused = Không được chấp nhận
api-status-many = Quá nhiều yêu cầu
api-status-internal = Lỗi của hệ thống

api-not-found = Không có gì ở địa chỉ này.
api-internal = Hệ thống gặp lỗi; yêu cầu chưa được thực hiện. Đề nghị thử lại sau ít phút.
api-too-much = Quá nhiều yêu cầu trong thời gian ngắn. Đề nghị thử lại sau { $seconds } giây.
api-no-token = Cần mã truy cập của cơ quan, gửi trong “Authorization: Bearer …”.
api-token-refused = Mã truy cập không đúng, đã hết hạn hoặc đã thôi hiệu lực.
api-method = Địa chỉ này không nhận cách gọi ấy.
api-key = “Idempotency-Key” phải có từ 1 đến { $most } ký tự ASCII.
api-key-under-way = Yêu cầu mang khóa này đang được xử lý. Đề nghị thử lại sau ít giây.
api-key-lost = Không rõ yêu cầu mang khóa này đã được thực hiện hay chưa. Đề nghị kiểm tra trước khi gửi lại với khóa khác.
api-key-other = Khóa này đã được dùng cho một yêu cầu khác.
api-json-broken = Nội dung không phải JSON đọc được: { $detail }.
api-json-deep = JSON lồng nhau quá sâu.
api-body-wrong = Nội dung không đúng mẫu: { $detail }.
api-text-nul = Văn bản có ký tự số 0, không lưu được.
api-parameter-wrong = Tham số không đúng: { $detail }.
api-no-file = Thiếu tệp: cần một phần tên là “file”.
api-media-type = Địa chỉ này chỉ nhận { $expected }.
api-too-large = Nội dung gửi lên quá lớn.
api-body-unreadable = Không đọc được nội dung gửi lên.
api-element-not-asked = Biểu mẫu không hỏi chỉ tiêu “{ $element }”.
api-words-not-asked = Biểu mẫu không có mục lời “{ $field }”.
api-kept-aside = Nơi khác vừa lưu hoặc gửi một bản khác. Bản này được giữ riêng dưới tên “{ $aside }”.
api-other-revision = Đã có bản gửi lần { $revision }. Muốn thay thế, cần nêu đúng số lần đó.
api-aside-changed = Bản đang có đã thay đổi, hoặc không còn bản nào được giữ riêng. Đề nghị đọc lại.

token-name = Cần đặt tên cho mã truy cập, dài không quá 80 ký tự.
token-scopes = Cần chọn ít nhất một phạm vi.
token-scope-not-held = Cơ quan không có quyền nào thuộc phạm vi “{ $scope }”.
token-days = { $found } ngày không hợp lệ: mã truy cập này dùng được từ 1 đến { $most } ngày.
token-too-many = Cơ quan đã có { $most } mã truy cập còn hiệu lực. Đề nghị thu hồi mã không dùng nữa.
token-unknown = Cơ quan không có mã truy cập này, hoặc mã đã thôi hiệu lực.
token-scope-missing = Mã truy cập không dùng được cho việc này: thiếu phạm vi “{ $scope }”.
token-which-holder = Cơ quan có nhiều người phụ trách. Cần ghi --holder với một trong các tên: { $holders }.
document-unknown = Không có tài liệu dạng “{ $format }” của bản này.

audit-what-office-token-made = Cấp mã truy cập API
audit-what-office-token-ended = Thu hồi mã truy cập API
desk-office-token-made = Cấp mã truy cập API
desk-office-token-ended = Thu hồi mã truy cập API

desk-tokens = Mã truy cập API
desk-tokens-lead = Mã truy cập để phần mềm khác làm việc thay cơ quan: gửi báo cáo, lấy số liệu. Mã không bao giờ làm được nhiều hơn quyền cơ quan đang có, và mọi việc nó làm đều ghi tên cơ quan, người cấp và tên mã.
desk-tokens-none = Chưa có mã truy cập nào.
desk-token-name = Tên mã
desk-token-name-hint = Đặt theo phần mềm dùng mã, ví dụ: Phần mềm tổng hợp của huyện.
desk-token-scopes = Dùng để
desk-token-scopes-hint = Chỉ chọn những việc phần mềm ấy cần.
desk-token-days = Dùng được trong (ngày)
desk-token-days-hint = Nhiều nhất { $most } ngày; mã có quyền phê duyệt, thay đổi cấu hình hoặc quản lý cơ quan: nhiều nhất { $grave } ngày.
desk-token-make = Cấp mã
desk-token-make-heading = Cấp mã truy cập mới
desk-token-by = Người cấp
desk-token-until = Hạn dùng
desk-token-used = Dùng lần cuối
desk-token-never = chưa dùng
desk-token-state = Tình trạng
desk-token-good = còn hiệu lực
desk-token-over = hết hạn
desk-token-ended = đã thu hồi
desk-token-end = Thu hồi
desk-token-shown = Đây là mã truy cập. Hãy chép ngay vào nơi cất giữ an toàn: mã chỉ hiện một lần này, hệ thống không giữ lại.
desk-token-made = Mã truy cập vừa cấp
desk-token-back = Về danh sách mã
desk-token-described = Bản mô tả API
desk-scope-read = Xem báo cáo và số liệu như đã gửi
desk-scope-report = Nhập và gửi báo cáo
desk-scope-review = Duyệt, trả lại báo cáo
desk-scope-consolidate = Gia hạn, soạn báo cáo tổng hợp
desk-scope-approve = Phê duyệt, chốt báo cáo tổng hợp
desk-scope-configure = Xem và thay đổi cấu hình: đơn vị, biểu mẫu, chỉ tiêu, quy tắc kiểm tra
desk-scope-audit = Đọc nhật ký kiểm tra
desk-scope-site = Bài viết, tệp, văn bản, góp ý, thiết đặt, chuyển hướng và bản đồ của trang
desk-scope-accounts = Cơ quan của các đơn vị, phiếu cấp quyền

help-office-token = Mã truy cập API của một cơ quan
help-office-token-long =
    Ví dụ:
      nhipcau office token make xa-long-son --name "Phần mềm xã" --scope read --scope report
      nhipcau office token list xa-long-son
      nhipcau office token end xa-long-son 01890a5d-ac96-774b-bcce-b302099a8057
    Phạm vi: read, report, review, consolidate, approve, configure, audit, site, accounts.
help-office-token-make = Cấp một mã, in ra một lần
help-office-token-list = Các mã đã cấp
help-office-token-end = Thu hồi một mã
arg-token-name = Tên mã, theo phần mềm dùng nó
arg-scope = Phạm vi; ghi nhiều lần được
arg-days = Dùng được trong bao nhiêu ngày
arg-token-holder = Mang tên người phụ trách nào, khi cơ quan có nhiều người
arg-token = Mã định danh của mã truy cập, như lệnh list in ra
office-token-made = Mã truy cập “{ $name }”, dùng được đến { $until }. Mã chỉ in ra lần này:
office-token-ended = Đã thu hồi mã truy cập “{ $name }”.
office-token-id = Mã định danh
office-token-name = Tên
office-token-scopes = Phạm vi
office-token-until = Hạn dùng
office-token-used = Dùng lần cuối
office-token-state = Tình trạng
help-api = API cho chương trình
help-api-describe = In bản mô tả OpenAPI 3.1
help-api-describe-long =
    Ví dụ:
      nhipcau api describe > openapi.json
    Máy chủ đang chạy cũng đưa ra bản này ở /api/v1/openapi.json.

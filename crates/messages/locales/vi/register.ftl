# Sổ văn bản: nhập, đăng, quan hệ giữa các văn bản, hiệu lực.

register-unknown = Không tìm thấy văn bản này.
register-act-refused = Văn bản { $status ->
    [draft] chưa đăng
    [published] đang được đăng
   *[withdrawn] đã gỡ
  } nên không thể { $act ->
    [create] nhập lại
    [publish] đăng
    [withdraw] gỡ
   *[other] sửa
  }.
register-needs-number = Văn bản phải có số, ký hiệu, ví dụ: 18-KH/HU.
register-needs-issuer = Văn bản phải có cơ quan ban hành.
register-needs-subject = Văn bản phải có trích yếu.
register-needs-reason = Khi gỡ văn bản phải ghi rõ lý do.
register-too-long = { $what ->
    [number] Số, ký hiệu
    [issuer] Tên cơ quan ban hành
    [campaign] Mã cuộc vận động
    [subject] Trích yếu
    [sent-to] Nơi nhận
   *[asks] Nội dung yêu cầu
  } dài { $found } ký tự, vượt mức cho phép là { $expected }.
register-too-many-files = Một văn bản có nhiều nhất { $expected } tệp.
register-day = Ngày { $found } nằm ngoài khoảng từ năm 1900 đến năm 2200. Đề nghị xem lại năm.
register-expires-before = Ngày hết hiệu lực phải ở sau ngày có hiệu lực.
register-kind-unknown = Danh mục loại văn bản không có loại “{ $kind }”.
register-kind-line = Dòng { $line } của danh mục loại văn bản thiếu tên, có mã không hợp lệ hoặc trùng mã với dòng khác.
register-kind-in-use = Không thể bỏ loại “{ $kind }”: đang có văn bản thuộc loại này.
register-number-taken = { $issuer } đã có văn bản số { $number } cùng ngày ký trong sổ.
register-changed-meanwhile = { $by } đã sửa văn bản này trong lúc biểu mẫu đang mở. Đề nghị mở lại để xem nội dung mới rồi sửa tiếp.
register-related-already = Quan hệ này với văn bản { $number } đã có.
register-not-related = Hai văn bản không có quan hệ này.
register-relation-circle = Không thể đặt quan hệ này với văn bản { $number }: văn bản đó đã dẫn ngược về chính văn bản đang sửa.
register-relation-unknown = Không có quan hệ “{ $found }”. Chỉ dùng: based-on, implements, guides, amends, replaces-part, replaces.

register-title = Văn bản
register-lead = Văn bản chỉ đạo, điều hành đã ban hành; tra theo loại, cơ quan ban hành, năm và hiệu lực.
register-count = Có { $count } văn bản.
register-none = Không có văn bản nào phù hợp.
register-empty = Chưa có văn bản nào được đăng.
register-filter = Tìm văn bản
register-filter-text = Số, ký hiệu hoặc từ trong trích yếu
register-filter-kind = Loại văn bản
register-filter-issuer = Cơ quan ban hành
register-filter-year = Năm ký
register-filter-validity = Hiệu lực
register-filter-all = Tất cả
register-filter-go = Tìm
register-filter-clear = Bỏ lọc
register-filter-unreadable = Không đọc được điều kiện lọc “{ $found }”.
register-number = Số, ký hiệu
register-kind = Loại văn bản
register-issuer = Cơ quan ban hành
register-subject = Trích yếu
register-signed = Ngày ký
register-effective = Ngày có hiệu lực
register-expires = Ngày hết hiệu lực
register-validity = Hiệu lực
register-sent-to = Nơi nhận
register-asks = Nội dung yêu cầu
register-due = Hạn thực hiện
register-campaign = Cuộc vận động
register-campaign-link = Xem kết quả của cuộc vận động
register-validity-today = Tính đến ngày { $day }.
register-validity-not-yet = Chưa có hiệu lực
register-validity-in-force = Còn hiệu lực
register-validity-amended = Còn hiệu lực, đã được sửa đổi, bổ sung
register-validity-partly-replaced = Hết hiệu lực một phần
register-validity-replaced = Hết hiệu lực: đã được thay thế
register-validity-expired = Hết hiệu lực
register-relations = Văn bản liên quan
register-relation-based-on = Căn cứ
register-relation-implements = Thực hiện
register-relation-guides = Hướng dẫn
register-relation-amends = Sửa đổi, bổ sung
register-relation-replaces-part = Thay thế một phần
register-relation-replaces = Thay thế
register-relation-back-based-on = Là căn cứ của
register-relation-back-implements = Được thực hiện bằng
register-relation-back-guides = Được hướng dẫn bởi
register-relation-back-amends = Được sửa đổi, bổ sung bởi
register-relation-back-replaces-part = Được thay thế một phần bởi
register-relation-back-replaces = Được thay thế bởi
register-files = Tệp văn bản
register-no-files = Văn bản chưa có tệp kèm theo trên trang này.
register-file-size = { $kind }, { $size }
register-feed = Văn bản mới
register-all = Xem tất cả văn bản
register-behind-figure = Các văn bản này trong sổ văn bản

# សេចក្តីព្រាង (draft): no native speaker has read it yet. What is missing is said in Vietnamese.

search-title = ស្វែងរក
search-title-of = ស្វែងរក “{ $query }”
search-words = ពាក្យដែលត្រូវស្វែងរក
search-kind = ប្រភេទ
search-kind-any = ទាំងអស់
search-kind-article = អត្ថបទ
search-kind-report = របាយការណ៍
search-kind-document = ឯកសារ
search-from = ចាប់ពីថ្ងៃ
search-until = ដល់ថ្ងៃ
search-do = ស្វែងរក
search-count = { $count } លទ្ធផល
search-count-of = { $count } លទ្ធផលសម្រាប់ “{ $query }”
search-none = រកមិនឃើញលទ្ធផលសម្រាប់ “{ $query }” ទេ។
search-earlier = ទំព័រមុន
search-later = ទំព័របន្ទាប់
